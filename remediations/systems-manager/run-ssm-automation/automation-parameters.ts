import { z } from 'zod';
import type { Resource } from '../../../signals/signal';
import { anyDocument, documentVersion } from '../../ssm-document';

/** What stands in an input for a part of the sick resource, as the whole value and never as a part of one. */
const placeholders: ReadonlyMap<string, 'id' | 'account' | 'region'> = new Map([
  ['{{resource.id}}', 'id'],
  ['{{resource.account}}', 'account'],
  ['{{resource.region}}', 'region'],
]);

const value = z
  .string()
  .max(512)
  .refine((text) => placeholders.has(text) || !/\{\{|\}\}/.test(text), {
    error: `may hold a placeholder only as its whole text: ${[...placeholders.keys()].join(', ')}`,
  });

/** What the policy says of an automation: everything that decides what runs, and as whom, stands here. */
export const automationParameters = z
  .strictObject({
    /** Exact name of an Automation runbook, or its ARN when another account shares it. */
    document: anyDocument,
    /** Its version, a number. `$LATEST` and `$DEFAULT` would run what nobody has looked at. */
    version: documentVersion,
    /** ARN of the role that the runbook acts as. */
    assumeRole: z
      .string()
      .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,128}$/)
      .optional(),
    /** Says that the runbook acts with the rights of this remediation's own role, which are next to none. */
    runsAsCaller: z.literal(true).optional(),
    /** What the runbook is given: its parameter → a list of values. */
    inputs: z.record(z.string().regex(/^[A-Za-z]\w{0,49}$/), z.array(value).max(50)).default({}),
    /** Names or ARNs of SSM change calendars that must all be open. */
    changeCalendars: z.array(anyDocument).default([]),
  })
  .refine(({ assumeRole, runsAsCaller }) => (assumeRole === undefined) === (runsAsCaller === true), {
    error: 'must name assumeRole, the role that the runbook acts as, or else say runsAsCaller: true',
  })
  .refine(({ inputs }) => !Object.hasOwn(inputs, 'AutomationAssumeRole'), {
    error: 'must name the role as assumeRole, not as the input AutomationAssumeRole',
  });

type AutomationParameters = z.infer<typeof automationParameters>;

/** The runbook's inputs with the placeholders replaced and the role added. */
export function resolveInputs({ inputs, assumeRole }: AutomationParameters, resource: Resource): Inputs {
  const resolved = Object.entries(inputs).map(([name, values]): [string, string[]] => [
    name,
    values.map((text) => {
      const part = placeholders.get(text);
      return part ? resource[part] : text;
    }),
  ]);
  return Object.fromEntries(
    assumeRole === undefined ? resolved : [...resolved, ['AutomationAssumeRole', [assumeRole]]],
  );
}

/** Parameter of a runbook → its values; every one is a list to SSM. */
export type Inputs = Record<string, string[]>;

/** Whether an id may be handed to a runbook, which may well put it into a command line: nothing in it means anything there. */
export function isPlainId({ id }: Resource): boolean {
  return /^[A-Za-z0-9][\w.:/+=@-]{0,511}$/.test(id);
}
