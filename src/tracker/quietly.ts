/** The same function, but no error of ours reaches the page. */
export const quietly =
  <Given>(work: (given?: Given) => unknown) =>
  (given?: Given): void => {
    try {
      work(given)
    } catch {}
  }
