/** The consumer group of all workers. */
export const GROUP = 'workers'

/**
 * Streams of a cluster. All processes must agree, so it is a constant; 16 spread well over up to 8 masters. A single
 * server needs one, which a worker can wait on.
 */
export const CLUSTER_STREAMS = 16

export const streamName = (n: number) => `pitchbeat:{${n}}`

/** The stream of a campaign: the first 28 bits of its random id, modulo the number of streams. */
export function streamOf(campaignId: string, streams: number): string {
  return streamName(streams === 1 ? 0 : Number.parseInt(campaignId.slice(0, 7), 16) % streams || 0)
}
