/** What the functions count of themselves. `infra/` sets alarms on these names. */
export const selfMetrics = [
  'SweeperHeartbeat',
  'LostTimers',
  'StuckIncidents',
  'ParkedIncidents',
  'EventsTooOld',
  'InvalidEvents',
  'TimersNotArmed',
  'StateEventsNotSent',
  'NotificationsFailed',
  'ContactsNotReached',
  'LinksNotMade',
  'AnswersFailed',
] as const;
export type SelfMetric = (typeof selfMetrics)[number];

/** CloudWatch namespace of these. */
export const selfNamespace = 'Homeostat';

/** The one dimension: its value is the name of the deployment. */
export const selfDimension = 'Deployment';
