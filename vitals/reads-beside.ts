import { readsOfAlarm } from './cloudwatch/alarm';
import { autoshiftReads } from './load-balancing/autoshift';
import { muteReads } from './cloudwatch/mute-rules';

/** Reads that belong to no kind of resource: the alarm that told of a sickness, who has muted it, and what AWS has shifted away. */
export const readsBesideVitals = [...readsOfAlarm, ...muteReads, ...autoshiftReads] as const;
