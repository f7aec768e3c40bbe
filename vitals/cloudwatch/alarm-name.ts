const arnPattern = /^arn:aws[a-z-]*:cloudwatch:[a-z0-9-]+:\d+:alarm:(.{1,255})$/s;

/** Name of a CloudWatch alarm by its ARN; undefined for anything else. A name may hold colons, quotes and much else. */
export function alarmName(arn: string): string | undefined {
  return arnPattern.exec(arn)?.[1];
}
