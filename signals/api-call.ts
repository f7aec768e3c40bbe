import { z } from 'zod';
import type { Envelope } from './envelope';
import { plainText } from './plain-text';
import type { Reading } from './signal';
import { defineSource, ignored, type Source } from './source';
import { nameText } from './telling';

/** A call of an AWS API that did what it was asked to, as CloudTrail tells of it. */
export interface ApiCall<Parameters> {
  /** Such as `SuspendProcesses`. */
  readonly name: string;
  readonly parameters: Parameters;
  /** Of this very call, whatever the id of the event. */
  readonly id: string;
  /** ` by arn:aws:sts::…`, to be put behind what was done; empty where the event does not say who called. */
  readonly by: string;
}

interface ApiCallSource<Parameters> {
  readonly name: string;
  /** EventBridge's name of the service that was called, such as `aws.autoscaling`. */
  readonly service: string;
  /** The calls that may tell something. */
  readonly calls: readonly [string, ...string[]];
  readonly tells: Source['tells'];
  /** What is read of the call's parameters. A call that leaves them out has none of them. */
  readonly parameters: z.ZodType<Parameters>;
  readonly read: (call: ApiCall<Parameters>, event: Envelope) => Reading;
}

/** Declares a source of calls that somebody makes of one service. CloudTrail tells of them, if a trail records the calls of the region. */
export function defineApiCallSource<Parameters>(spec: ApiCallSource<Parameters>): Source {
  return defineSource({
    name: spec.name,
    pattern: { source: [spec.service], 'detail-type': ['AWS API Call via CloudTrail'] },
    tells: spec.tells,
    worthwhile: { eventName: [...spec.calls] },
    detail: z.object({
      eventName: z.string(),
      eventID: nameText.optional(),
      errorCode: z.string().optional(),
      userIdentity: z.object({ arn: z.string().optional() }).optional(),
      requestParameters: z.preprocess((given) => given ?? {}, spec.parameters),
    }),
    read: ({ eventName: name, eventID, errorCode, userIdentity, requestParameters }, event) => {
      if (!spec.calls.includes(name)) return ignored(`no signal is read from a call of ${plainText(name, 60)}`);
      if (errorCode !== undefined) return ignored(`the call of ${name} was refused: ${plainText(errorCode, 60)}`);
      const by = userIdentity?.arn === undefined ? '' : ` by ${plainText(userIdentity.arn, 120)}`;
      return spec.read({ name, parameters: requestParameters, id: eventID ?? event.id, by }, event);
    },
  });
}
