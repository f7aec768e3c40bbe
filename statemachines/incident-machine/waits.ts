// How long an incident waits for what, in milliseconds; what an operator may choose is in the rule.

export const second = 1_000;
export const minute = 60 * second;
/** How often a symptom is looked at when no event tells of a change. */
export const lookAgainAfter = 30 * second;
/** The same once people have it. */
export const lookLaterAfter = 5 * minute;
/** The same where nothing is touched: an event tells of a recovery, and this is for those that none tells of. */
export const lookSeldomAfter = 15 * minute;
/** What happens without us is of interest for this long. */
export const watchedFor = 24 * 60 * minute;
/**
 * What cannot be read, or is told by an alarm alone that may lag behind, is looked at again for this long before anybody is
 * called for that alone: an alarm of five-minute periods takes as long to go back to OK.
 */
export const unreadAtMost = 10 * minute;
/** A limit that stands in the way is asked again this often, and for this long in all. */
export const heldRetryAfter = 60 * second;
export const heldAtMost = 30 * minute;
/** When the result of a start or a notification has not been recorded by now, the worker that made it is dead. */
export const lease = 2 * minute;
/** Reads lag writes at AWS: "no trace" is believed when it is seen twice, this far apart. */
export const traceLag = 60 * second;
export const notifyRetryAfter = 60 * second;
export const notifyTriesPerTier = 5;
/** When no tier could be reached, the last one is tried again this often. */
export const reachRetryAfter = 15 * minute;
export const askAtMost = 3;
/** People were called by all tiers, or have taken over: the incident stops watching after this long. */
export const peopleHave = 24 * 60 * minute;
