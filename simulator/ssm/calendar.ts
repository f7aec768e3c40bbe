import type { GetCalendarStateRequest, GetCalendarStateResponse } from '@aws-sdk/client-ssm';
import { z } from 'zod';
import { Refusal } from '../refusal';

const states = ['OPEN', 'CLOSED'] as const;
type State = (typeof states)[number];

/** A change calendar as a description of an account writes it. `changesAt`: when it next opens or closes, if it does. */
export const calendarSchema = z.strictObject({
  name: z.string().min(1),
  state: z.enum(states),
  changesAt: z.iso.datetime().optional(),
});

/** A calendar as one describes it. */
export type CalendarDescription = z.input<typeof calendarSchema>;

/** The change calendars of one account. */
export class Calendars {
  readonly #calendars = new Map<string, z.infer<typeof calendarSchema>>();

  add(description: CalendarDescription): void {
    const calendar = calendarSchema.parse(description);
    this.#calendars.set(calendar.name, calendar);
  }

  /** Open when all that are named are open. */
  stateOf({ CalendarNames = [], AtTime }: GetCalendarStateRequest, now: number): GetCalendarStateResponse {
    const at = AtTime === undefined ? now : Date.parse(AtTime);
    const seen = CalendarNames.map((name) => this.#at(name, at));
    if (seen.length === 0) throw new Refusal('ValidationException', 'CalendarNames must have at least one name.');
    const [next] = seen.flatMap(({ until }) => until ?? []).sort((a, b) => Date.parse(a) - Date.parse(b));
    return {
      State: seen.every(({ state }) => state === 'OPEN') ? 'OPEN' : 'CLOSED',
      AtTime: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
      ...(next !== undefined && { NextTransitionTime: next }),
    };
  }

  #at(nameOrArn: string, at: number): { readonly state: State; readonly until?: string } {
    const calendar = this.#calendars.get(nameOrArn.replace(/^arn:.*:document\//, ''));
    if (!calendar) throw new Refusal('InvalidDocument', `The calendar ${nameOrArn} does not exist.`);
    const { state, changesAt } = calendar;
    if (changesAt === undefined) return { state };
    if (at < Date.parse(changesAt)) return { state, until: changesAt };
    return { state: state === 'OPEN' ? 'CLOSED' : 'OPEN' };
  }
}
