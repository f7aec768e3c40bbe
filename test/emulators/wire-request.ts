import type { IncomingMessage } from 'node:http';

/** A request to AWS as it goes over the wire. */
export interface WireRequest {
  /** The IAM prefix. */
  readonly service: string;
  readonly operation: string;
  /** The body as it was sent: JSON, a form, or what CBOR looks like as text. */
  readonly input: string;
}

/** Services whose name in a signature is not their IAM prefix. */
const iamPrefixes: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };

/** Operations of services that are addressed by method and path alone. */
const restOperations: readonly (readonly [method: string, path: RegExp, operation: string])[] = [
  ['POST', /^\/schedules\/[^/]+$/, 'CreateSchedule'],
  ['PUT', /^\/schedules\/[^/]+$/, 'UpdateSchedule'],
  ['GET', /^\/schedules\/[^/]+$/, 'GetSchedule'],
  ['DELETE', /^\/schedules\/[^/]+$/, 'DeleteSchedule'],
  ['GET', /^\/schedules$/, 'ListSchedules'],
  ['POST', /^\/schedule-groups\/[^/]+$/, 'CreateScheduleGroup'],
  ['GET', /^\/schedule-groups\/[^/]+$/, 'GetScheduleGroup'],
  ['DELETE', /^\/schedule-groups\/[^/]+$/, 'DeleteScheduleGroup'],
  ['GET', /^\/schedule-groups$/, 'ListScheduleGroups'],
  ['GET', /^\/autoshifts$/, 'ListAutoshifts'],
];

/** Who is asked what: the service is in the signature, the operation in a header, the form or the path. */
export function readWireRequest(request: IncomingMessage, body: Buffer): WireRequest {
  const signed = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? 'unsigned';
  const input = body.toString('utf8');
  return { service: iamPrefixes[signed] ?? signed, operation: operationOf(request, input), input };
}

function operationOf({ headers, method = '', url = '' }: IncomingMessage, input: string): string {
  const { pathname } = new URL(url, 'http://wire');
  return (
    /[^.]+$/.exec(String(headers['x-amz-target'] ?? ''))?.[0] ??
    /\/operation\/(\w+)$/.exec(pathname)?.[1] ??
    /(?:^|&)Action=(\w+)/.exec(input)?.[1] ??
    restOperations.find(([of, path]) => of === method && path.test(pathname))?.[2] ??
    `${method} ${pathname}`
  );
}
