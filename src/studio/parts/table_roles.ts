/**
 * The roles of a table's parts, said once more: on phones its rows are laid out as grids, and Safari before 17.4 then
 * no longer tells screen readers that it is a table (https://adrianroselli.com/2018/02/tables-css-display-properties-and-aria.html).
 */
export const TABLE = { role: 'table' } as const
export const ROWS = { role: 'rowgroup' } as const
export const ROW = { role: 'row' } as const
export const ROW_HEAD = { role: 'rowheader' } as const
export const CELL = { role: 'cell' } as const
