import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { holdToChecks } from './checks';
import { HomeostatStack } from './stack';

const root = join(__dirname, '..');
const app = new App({ outdir: process.env.CDK_OUTDIR ?? join(root, 'cdk.out') });
const setting = (key: string): string | undefined => {
  const value: unknown = app.node.tryGetContext(key);
  return typeof value === 'string' && value !== '' ? value : undefined;
};
const name = setting('name') ?? 'homeostat';

new HomeostatStack(app, name, {
  name,
  policyFile: setting('policy') ?? process.env.HOMEOSTAT_POLICY ?? join(root, 'policies/default.yaml'),
  code: join(root, 'dist/lambda'),
  answerPage: setting('answer-page') !== 'no',
  eventLog: setting('event-log') !== 'no',
  alarmEmails: setting('alarm-emails')?.split(',') ?? [],
});
holdToChecks(app);
app.synth();
