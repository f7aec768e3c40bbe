/** The environment of a function, as `infra/` sets it. */
export const environment = {
  HOMEOSTAT_TABLE: 'homeostat',
  HOMEOSTAT_BUS: 'homeostat',
  HOMEOSTAT_QUEUE_ARN: 'arn:aws:sqs:eu-central-1:111122223333:homeostat-work',
  HOMEOSTAT_SCHEDULE_GROUP: 'homeostat',
  HOMEOSTAT_SCHEDULE_ROLE_ARN: 'arn:aws:iam::111122223333:role/homeostat-eu-central-1-timer',
  HOMEOSTAT_ROLE_PREFIX: 'homeostat-eu-central-1-',
  HOMEOSTAT_ACCOUNT: '111122223333',
  HOMEOSTAT_REGION: 'eu-central-1',
} as const;

/** That of the page. */
export const pageEnvironment = {
  HOMEOSTAT_NAME: 'homeostat',
  HOMEOSTAT_TABLE: 'homeostat',
  HOMEOSTAT_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/111122223333/homeostat-work',
  HOMEOSTAT_REGION: 'eu-central-1',
} as const;
