import { tagsOf } from '../account';
import { ailing, type Estate } from '../estate';

const live = 'checkout:live';
const orders = '4f1c7d20-0000-4000-8000-000000000001';
const clicks = '4f1c7d20-0000-4000-8000-000000000002';

/** A function that people deploy by an alias, one that works through a stream, and what brings them their records. */
export const functions: Estate = {
  draw: (random) => ({
    description: {
      functions: [
        {
          name: 'checkout',
          reserved: 10,
          demand: 5,
          aliases: [{ name: 'live', version: 7, before: 6, weights: random.chance(0.1) ? { 6: 0.1 } : {} }],
          tags: tagsOf(random),
        },
        { name: 'count', ...(random.chance(0.9) && { reserved: 20 }), demand: 5, tags: tagsOf(random) },
        { name: 'report', reserved: random.pick([100, 100, 860]) },
      ],
      eventSourceMappings: [
        { id: orders, function: 'checkout', tags: tagsOf(random) },
        {
          id: clicks,
          function: 'count',
          source: 'arn:aws:kinesis:eu-central-1:111122223333:stream/clicks',
          lastResult: random.chance(0.9) ? 'OK' : 'PROBLEM: Function call failed',
          tags: tagsOf(random),
        },
      ],
      alarms: [
        { ...of('Throttles', { FunctionName: 'checkout' }), above: 0 },
        { ...of('Throttles', { FunctionName: 'count' }), above: 0 },
        { ...of('Errors', { FunctionName: 'checkout', Resource: live }), above: 10 },
        { ...of('IteratorAge', { FunctionName: 'count' }), above: 60_000, missing: 'breaching' },
      ],
    },
    ailments: [crowd, crowd, crowd, deploy, deploy, fail, forget, forget, lag],
  }),
  rules: (rung) => `  - name: functions-throttled
    on: [function-throttled]
    try: [{ ${rung('raise-function-concurrency', { ceiling: 80 })} }]
  - name: functions-erring
    on: [function-erroring]
    try: [{ ${rung('rollback-function-alias')} }]
  - name: event-sources
    on: [event-source-disabled, event-source-late]
    try: [{ ${rung('reenable-event-source')} }, { ${rung('raise-function-concurrency')} }]
`,
};

function of(name: string, dimensions: { readonly FunctionName: string; readonly Resource?: string }): object {
  const metric = { namespace: 'AWS/Lambda', name, dimensions };
  return { name: `${dimensions.FunctionName}-${name}`, metric, every: 60, periods: 2, missing: 'notBreaching' };
}

const crowd = ailing('a function is called more often than it may run', ({ lambda }, random) => {
  lambda.befall({ function: random.pick(['checkout', 'count']), demand: random.between(15, 35) });
});

const deploy = ailing('somebody deploys a version that fails', ({ lambda }) => {
  lambda.befall({ alias: live, deploy: '8', works: false });
});

const fail = ailing('a version fails that did not', ({ lambda }) => {
  lambda.befall({ function: 'checkout', failing: ['6', '7'] });
});

const forget = ailing('somebody disables what brings a function its records', ({ lambda }, random) => {
  lambda.befall({ mapping: random.pick([orders, clicks]), is: 'disabled' });
});

const lag = ailing('a function does not keep up with its stream', ({ lambda }, random) => {
  lambda.befall({ mapping: clicks, behindMinutes: random.between(2, 30) });
});
