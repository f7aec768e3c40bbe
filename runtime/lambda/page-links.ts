import { answerLinks, noAnswerLinks, type AnswerLinks } from '../answers/answer-links';
import { failureOf } from '../aws/failure';
import type { TicketStore } from '../store/ticket-store';
import type { Settings } from './settings';
import type { Telemetry } from './telemetry';

/** Links to the page of the deployment; none where it has no page. */
export function pageLinks(
  { page }: Pick<Settings, 'page'>,
  { tickets, random }: { readonly tickets: Pick<TicketStore, 'add'>; readonly random: (bytes: number) => Uint8Array },
  telemetry: Telemetry,
): AnswerLinks {
  if (!page) return noAnswerLinks;
  return answerLinks({
    base: page.url,
    tickets,
    random,
    onFailure: (incident, error) => {
      telemetry.count('LinksNotMade');
      telemetry.log('error', 'a message goes out without a link', { incident, reason: failureOf(error).reason });
    },
  });
}
