/** The sizes the wire accepts. Apart from wire.ts so that the tracker can hold to them without carrying a schema library. */

/** The last moment with an ISO form, Unix milliseconds (the year 9999): beyond it, one entry would stop every save. */
export const LAST_TIME = 253_402_300_799_999
/** Bytes of a collect body. */
export const BODY_MAX = 65_536
/** Levels of nesting of any JSON we parse. */
export const DEPTH_MAX = 16
export const VIEWS_PER_BATCH = 50
export const EVENTS_PER_BATCH_MAX = 50
export const PARTS_PER_VIEW = 50
export const LABEL_MAX = 200
export const TARGET_MAX = 2_000
export const PAGE_MAX = 100
/** Characters of an e-mail address: 64 before the @, 255 after it (RFC 5321, section 4.5.3.1). */
export const EMAIL_MAX = 320
