/** One call that reached the account, whatever came of it. */
export interface Call {
  readonly at: number;
  readonly account: string;
  readonly region: string;
  /** IAM prefix of the service, such as `elasticloadbalancing`. */
  readonly service: string;
  /** Name of the operation, such as `DescribeTargetHealth`. */
  readonly operation: string;
  readonly access: 'read' | 'write';
  readonly input: object;
  /** Name of the error that the caller got; absent when it got an answer. */
  readonly error?: string;
}

/** Operations that only look: AWS names them so throughout. */
export function accessOf(operation: string): Call['access'] {
  return /^(Describe|Get|List|Lookup|Batch(Get|Describe)|Search|(Query|Scan)$)/.test(operation) ? 'read' : 'write';
}
