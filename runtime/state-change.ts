import { z } from 'zod';
import { states } from '../statemachines/incident';
import { modes } from '../statemachines/rule';

const time = z.iso.datetime().meta({ description: 'UTC, such as 2026-03-01T10:00:00.000Z.' });

/** Detail of an event by which others learn that an incident has changed its state. */
export const stateChangeSchema = z
  .strictObject({
    version: z.literal(1).meta({ description: 'Rises when a field goes or changes its meaning. New fields may come.' }),
    incident: z.string(),
    revision: z
      .number()
      .int()
      .positive()
      .meta({ description: 'Rises with each event of an incident: events may come late, twice and in another order.' }),
    from: z.enum(states),
    to: z.enum(states),
    outcome: z
      .enum(['open', 'resolved', 'recovered', 'observed', 'escalated'])
      .meta({ description: 'How the incident ended or stands; escalated as soon as people were called.' }),
    rule: z.string(),
    condition: z.string(),
    mode: z.enum(modes),
    resource: z.strictObject({ kind: z.string(), id: z.string(), account: z.string(), region: z.string() }),
    remediation: z.string().optional().meta({ description: 'The one that is under way, or was last.' }),
    reason: z.string().optional().meta({ description: 'One line for people: what brought it there.' }),
    openedAt: time,
    at: time,
  })
  .meta({ title: 'Detail of "Homeostat Incident State Change"' });

export type StateChange = z.infer<typeof stateChangeSchema>;

/** The JSON Schema of the same, for those who subscribe; `docs/events/` has it as a file. */
export function stateChangeJsonSchema(): object {
  return z.toJSONSchema(stateChangeSchema);
}
