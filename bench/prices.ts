/** A list price in dollars of US East (N. Virginia), without free tier or discount. */
export interface Price {
  readonly dollars: number;
  readonly per: number;
  readonly of: string;
  /** Where AWS publishes it. */
  readonly page: string;
  /** When somebody last wrote down that it is so. */
  readonly asOf: string;
}

const million = 1_000_000;
const price = (dollars: number, per: number, of: string, page: string, asOf: string): Price => ({
  dollars,
  per,
  of,
  page: `https://aws.amazon.com/${page}/pricing/`,
  asOf,
});

export const prices = {
  tableWrite: price(0.625, million, 'write units on demand', 'dynamodb', '2025'),
  tableRead: price(0.125, million, 'read units on demand', 'dynamodb', '2025'),
  lambdaRequest: price(0.2, million, 'requests', 'lambda', '2026-06'),
  lambdaTime: price(0.0000133334, 1, 'GB-seconds on arm64', 'lambda', '2026-06'),
  queueRequest: price(0.4, million, 'requests of a standard queue', 'sqs', '2026'),
  busEvent: price(1, million, 'events that are not of AWS itself', 'eventbridge', '2026-06'),
  wakeUp: price(1, million, 'invocations of schedules', 'eventbridge', '2026-03'),
  trace: price(5, million, 'traces recorded', 'xray', '2025'),
  logs: price(0.5, 1, 'GB taken in', 'cloudwatch', '2025'),
  stepFunctionsTransition: price(25, million, 'transitions of a standard workflow', 'step-functions', '2026'),
  durableOperation: price(8, million, 'operations of durable functions', 'lambda', '2026-09'),
} as const satisfies Record<string, Price>;

export const cost = ({ dollars, per }: Price, count: number): number => (dollars / per) * count;
