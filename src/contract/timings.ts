/** Durations that more than one room needs, in milliseconds. SQL keeps its own copies in sql/rules; a test compares them. */

/** A session is Actual when its credited time is greater than this. */
export const ACTUAL_MS = 10_000
/** After the first beat at ACTUAL_MS, a view reports whenever its active time crosses another multiple of this. */
export const BEAT_MS = 30_000
/** How long the oldest unsent event may wait before a batch carries it. */
export const EVENT_MAX_WAIT_MS = 30_000
/** Events that make a batch go out at once. */
export const EVENTS_PER_BATCH = 10
/** Without pointer, key, touch, wheel or scroll for this long the reader is idle. `IDLE_MS` overrides; 0 = never idle. */
export const IDLE_MS = 120_000
/** The session window. `WINDOW_MS` overrides; a session is judged by the one that its ticket names. */
export const WINDOW_MS = 30 * 60_000
/** A sliding session lasts at most this many times its window: 24 h at 30 minutes. */
export const WINDOW_MAX_FACTOR = 48
/** The largest duration the wire accepts. */
export const DAY_MS = 86_400_000
/** "Left" is believed this long after the reader said so: another tab may still beat. */
export const OVER_AFTER_MS = 10_000
