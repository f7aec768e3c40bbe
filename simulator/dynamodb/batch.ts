import type * as sdk from '@aws-sdk/client-dynamodb';
import { Binding } from './expression/binding';
import { parseProjection, projected } from './expression/projection';
import { keyFrom, keyNameOf } from './key';
import { invalid } from './refusal';
import type { DynamoDbSettings } from './settings';
import type { Table } from './table';

const keysAtMost = 100;
const bytesAtMost = 16 * 1_024 * 1_024;

type Requests = NonNullable<sdk.BatchGetItemCommandInput['RequestItems']>;
type AttributeMap = Record<string, sdk.AttributeValue>;
interface Answer {
  readonly Responses: Record<string, AttributeMap[]>;
  readonly UnprocessedKeys: Record<string, sdk.KeysAndAttributes>;
}

/** Reads rows of many keys, each by itself; those for which there is no room it gives back. */
export function batchGet(
  requests: Requests,
  tableOf: (name: string) => Table,
  { batchAtMost }: DynamoDbSettings,
): Answer {
  const asked = Object.values(requests).reduce((all, { Keys = [] }) => all + Keys.length, 0);
  if (asked === 0) throw invalid('The list of keys in RequestItems for BatchGetItem is required');
  if (asked > keysAtMost) throw invalid('Too many items requested for the BatchGetItem call');
  const answer: Answer = { Responses: {}, UnprocessedKeys: {} };
  const room = { keys: batchAtMost, bytes: bytesAtMost };
  for (const [name, request] of Object.entries(requests)) {
    const { found, left } = readEach(request, tableOf(name), room);
    answer.Responses[name] = found;
    if (left.length > 0) answer.UnprocessedKeys[name] = { ...request, Keys: left };
  }
  return answer;
}

function readEach(
  request: sdk.KeysAndAttributes,
  table: Table,
  room: { keys: number; bytes: number },
): { readonly found: AttributeMap[]; readonly left: AttributeMap[] } {
  const { Keys = [], ConsistentRead, ProjectionExpression } = request;
  const { keys: schema } = table.definition;
  const bound = new Binding(request);
  const paths = bound.use(parseProjection, 'ProjectionExpression', ProjectionExpression)?.map((one) => bound.path(one));
  bound.close();
  const keys = Keys.map((key) => keyFrom(key, schema));
  if (new Set(keys.map((key) => keyNameOf(key, schema))).size < keys.length) {
    throw invalid('Provided list of item keys contains duplicates');
  }
  const [found, left]: [AttributeMap[], AttributeMap[]] = [[], []];
  for (const key of keys) {
    if (room.keys <= 0 || room.bytes <= 0) {
      left.push({ ...key });
      continue;
    }
    const stored = table.read(key, ConsistentRead);
    room.keys -= 1;
    room.bytes -= stored?.bytes ?? 0;
    if (stored) found.push(paths ? projected(stored.row, paths) : { ...stored.row });
  }
  return { found, left };
}
