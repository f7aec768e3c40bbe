import { accountId, region } from '../scenario/account';

/** Id of the role of the page. */
export const pageRole = 'AROAPAGEOFPROOF00001';

/** What the functions of the deployment are told. */
export const settings = {
  name: 'proof',
  table: 'proof',
  bus: 'proof',
  queueArn: `arn:aws:sqs:${region}:${accountId}:proof-work`,
  scheduleGroup: 'proof',
  scheduleRoleArn: `arn:aws:iam::${accountId}:role/proof-timers`,
  rolePrefix: `proof-${region}-`,
  partition: 'aws',
  account: accountId,
  region,
  maxEventAge: 3_600,
  page: { url: 'https://page.lambda-url.eu-central-1.on.aws/', roleId: pageRole },
};
