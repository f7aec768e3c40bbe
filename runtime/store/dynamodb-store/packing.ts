import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** DynamoDB counts writes by the started kilobyte; keys and marks take about this much of the first. */
const besides = 160;
const units = (bytes: number): number => Math.ceil((bytes + besides) / 1_024);

/** JSON as it is; deflated when that costs less to write. */
export function packed(value: unknown): AttributeValue {
  const plain = JSON.stringify(value);
  const size = Buffer.byteLength(plain);
  if (units(size) === 1) return { S: plain };
  const deflated = deflateRawSync(plain, { level: 9 });
  return units(deflated.byteLength) < units(size) ? { B: deflated } : { S: plain };
}

/** Throws for what was not packed here. */
export function unpacked(value: AttributeValue | undefined): unknown {
  const plain = value?.B ? inflateRawSync(value.B).toString() : (value?.S ?? '');
  return JSON.parse(plain);
}
