import { plainText } from '../../signals/plain-text';
import { selfDimension, selfNamespace, type SelfMetric } from './self-metrics';

type Fact = string | number | boolean | undefined;

/** Where a function says what it does: one line of JSON for each thing, which CloudWatch takes apart. */
export interface Telemetry {
  log(level: 'info' | 'warn' | 'error', message: string, facts?: Readonly<Record<string, Fact>>): void;
  /** Adds to a metric. Also 0 is worth saying, where an alarm waits for silence. */
  count(metric: SelfMetric, value?: number): void;
}

const longest = 1_000;

/**
 * Writes log lines, and metrics in CloudWatch's embedded format: no call to AWS is made for either. Every text is made one
 * line without control characters, whoever wrote it.
 */
export function telemetryTo(write: (line: string) => void, deployment: string, now: () => number): Telemetry {
  const put = (fields: object): void => {
    write(`${JSON.stringify(fields)}\n`);
  };
  const clean = (fact: Fact): Fact => (typeof fact === 'string' ? plainText(fact, longest) : fact);
  return {
    log: (level, message, facts = {}) => {
      const cleaned = Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, clean(fact)]));
      const timestamp = new Date(now()).toISOString();
      put({ ...cleaned, level, message: plainText(message, longest), timestamp, service: deployment });
    },
    count: (metric, value = 1) => {
      const of = {
        Namespace: selfNamespace,
        Dimensions: [[selfDimension]],
        Metrics: [{ Name: metric, Unit: 'Count' }],
      };
      put({ _aws: { Timestamp: now(), CloudWatchMetrics: [of] }, [selfDimension]: deployment, [metric]: value });
    },
  };
}
