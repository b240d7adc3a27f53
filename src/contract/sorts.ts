/** What the lists of the studio API can be sorted by (`sort`), beside `order`, `q`, `cursor` and `limit`. */

/** `recent`: made, published or read last. The figures are those of the range that the list is asked for. */
export type CampaignSort = 'created' | 'title' | 'recent' | 'last_read' | 'actual' | 'rate' | 'time'
export type LinkSort = 'created' | 'label' | 'last_read' | 'time' | 'opened' | 'actual' | 'engaged'
export type LeadSort = 'created' | 'name'
/** `started`: by time; `link`: by the label of the link; `time`: by how long was read */
export type SessionSort = 'started' | 'link' | 'time'
export type OpenSort = 'at' | 'link'
