import { actMessage, type OperatorAct } from '../runtime/answers/answer-message';
import type { IncidentStore } from '../runtime/store/incident-store';
import { codeOf } from '../runtime/answers/page-views';
import type { Incident } from '../statemachines/incident';
import type { VirtualClock } from '../simulator/clock';
import type { Published } from '../simulator/sns';
import type { Deployment } from './deployment';
import type { Faults } from './faults';
import type { Journal } from './journal';
import type { Randomness } from './randomness';
import type { Truth } from './truth';

const minute = 60_000;

/** Where people stand. */
export interface Office {
  readonly clock: VirtualClock;
  readonly deployment: Deployment;
  /** As an operator's own commands read it. */
  readonly store: Pick<IncidentStore, 'read'>;
  readonly truth: Truth;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly random: Randomness;
}

const alice = 'AROAOPERATORS0000001:alice';
const bob = 'AROAOPERATORS0000001:bob';

/** Those who are called: they read what SNS brings them, follow its links or type its commands, in their own time or never. */
export class People {
  #read = 0;
  #links: string[] = [];

  constructor(private readonly office: Office) {}

  /** Reads what has come since. */
  readMail(published: readonly Published[]): void {
    for (; this.#read < published.length; this.#read += 1) {
      const message = published[this.#read];
      if (message) this.#open(message);
    }
  }

  #open({ message, subject = '' }: Published): void {
    const { faults, random, clock } = this.office;
    const ids = [...new Set(message.match(/inc-[0-9a-f]{12}/g) ?? [])];
    const [link] = message.match(/https:\/\/page\.lambda-url\S+\/answer\/[\w-]+/) ?? [];
    if (link !== undefined) {
      this.#links.push(link);
      if (faults.hits('link-scanned')) this.#scan(link);
    }
    if (faults.hits('no-answer')) return;
    const asks = /approv/i.test(subject) || /homeostat approve/.test(message);
    const calls = /homeostat acknowledge/.test(message);
    for (const id of ids.slice(0, 3)) {
      const isLate = faults.hits('answer-late');
      const thinks = random.between(1, 8) * minute + (isLate ? random.between(10, 60) * minute : 0);
      const shown = asks ? this.office.store.read(id) : undefined;
      clock.after(thinks, async () => {
        if (shown) await this.#decide(await shown, link);
        else if (calls) this.#send({ type: 'escalation.acknowledged', incident: id }, alice);
      });
    }
  }

  /** Agrees to what was planned when the message was read, or not; what has become of it meanwhile they do not see. */
  async #decide(incident: Incident | undefined, link: string | undefined): Promise<void> {
    const { faults, random, clock } = this.office;
    const planHash = incident?.memory.planned?.planHash;
    if (incident?.state !== 'awaitingApproval' || planHash === undefined) return;
    const { id, memory } = incident;
    const denies = random.chance(0.15);
    if (faults.hits('answer-contradicted')) this.#send({ type: 'approval.denied', incident: id }, bob);
    if (denies) {
      this.#send({ type: 'approval.denied', incident: id }, alice);
      return;
    }
    // What is said after the time is no consent, whoever says it.
    const isInTime = memory.deadlineAt === null || clock.now() < memory.deadlineAt + minute;
    if (link !== undefined && random.chance(0.5)) await this.#click(link, incident, planHash, isInTime);
    else this.#approve(id, planHash, alice, isInTime);
    if (random.chance(0.4)) this.#approve(id, planHash, bob, isInTime);
  }

  #approve(incident: string, planHash: string, by: string, isInTime: boolean): void {
    const { faults, truth, clock } = this.office;
    if (isInTime) truth.consents.push({ incident, planHash, by, at: clock.now() });
    this.#send({ type: 'approval.granted', incident, planHash }, by);
    if (faults.hits('answer-twice')) this.#send({ type: 'approval.granted', incident, planHash }, by);
  }

  async #click(link: string, { id }: Incident, planHash: string, isInTime: boolean): Promise<void> {
    const { faults, truth, clock, deployment, random } = this.office;
    const swapped = faults.hits('link-swapped') ? this.#links[random.between(0, this.#links.length - 1)] : undefined;
    const path = pathOf(swapped ?? link);
    const body = `decision=approve&confirm=yes&code=${codeOf(planHash)}`;
    // With a wrong link nothing is meant: whatever the page makes of it.
    if (isInTime && (swapped === undefined || swapped === link)) {
      truth.consents.push({ incident: id, planHash, by: 'link', at: clock.now() });
    }
    await deployment.browse({ method: 'GET', path, body: '' });
    await deployment.browse({ method: 'POST', path, body });
    if (faults.hits('answer-twice')) await deployment.browse({ method: 'POST', path, body });
  }

  /** Mail programs open links, and some send the forms that they find. */
  #scan(link: string): void {
    const { clock, deployment, journal, faults } = this.office;
    clock.after(1_000, async () => {
      journal.note('a scanner', 'opens a link');
      const path = pathOf(link);
      await deployment.browse({ method: 'GET', path, body: '' });
      const body = faults.randomOf('link-scanned').pick(['', 'decision=approve', 'decision=approve&confirm=yes&code=']);
      await deployment.browse({ method: 'POST', path, body });
    });
  }

  #send(act: OperatorAct, by: string): void {
    const { deployment, journal } = this.office;
    journal.note('people', `${by.split(':')[1] ?? by} says ${act.type} of ${act.incident}`);
    deployment.queue.send(actMessage(act, by), by);
  }
}

function pathOf(link: string): string {
  return new URL(link).pathname;
}
