import { remediations } from '../remediations';
import { VirtualClock } from '../simulator/clock';
import { buildAccount } from '../simulator/description';
import type { BusEvent } from '../simulator/event-bus';
import { World } from '../simulator/world';
import type { Policy } from '../statemachines/policy';
import { attack } from './adversary';
import { Deployment } from './deployment';
import { EventDelivery } from './deployment/event-delivery';
import { LaggingReads } from './deployment/lagging-reads';
import type { Wire } from './deployment/network';
import { settings } from './deployment/settings';
import type { OnCommit, Storage } from './deployment/storage';
import { memoryStorage } from './deployment/storage/memory-storage';
import { tableStorage } from './deployment/storage/table-storage';
import { Turns } from './deployment/turns';
import { Faults, type Mix } from './faults';
import { Inspector } from './inspector';
import { Journal } from './journal';
import { Operations } from './operations';
import { People } from './people';
import type { Randomness } from './randomness';
import type { Scenario } from './scenario';
import { policyIn } from './scenario/read-policy';
import { Truth } from './truth';

const minute = 60_000;
const hour = 60 * minute;
const startsAt = Date.parse('2026-03-02T09:00:00Z');
/** Once nothing goes wrong any more, all must have come to an end or to people within this. */
const convergesWithin = 6 * hour;
/** One trial in so many goes on until also people have had their time. */
const longOneIn = 40;
const longLasts = 30 * hour;

/** Share of the trials whose stores stand on the table; the others keep all in memory, which is quicker. */
const onTable = 0.15;

/** Whether the world of a trial keeps what it must not forget in DynamoDB; the others keep it in memory. */
export function isOnTable(random: Randomness): boolean {
  return random.of('storage').chance(onTable);
}

/** All that one trial consists of. */
export class Stage {
  readonly clock = new VirtualClock(startsAt);
  readonly turns = new Turns(this.clock);
  readonly world = new World(this.clock);
  readonly faults: Faults;
  readonly journal: Journal;
  readonly truth: Truth;
  readonly inspector: Inspector;
  readonly #deployment: Deployment;
  readonly #people: People;
  readonly #operations: Operations;
  readonly #storage: Storage;

  constructor(
    private readonly scenario: Scenario,
    mix: Mix,
    private readonly random: Randomness,
    keepsLines: boolean,
  ) {
    const policy = policyIn(scenario.policyText);
    this.faults = new Faults(mix, random.of('faults'));
    this.journal = new Journal(() => this.clock.now(), keepsLines);
    const account = buildAccount(this.world, scenario.description);
    if (this.faults.hits('aws-small-pages')) account.pageSize = this.faults.randomOf('aws-small-pages').between(1, 2);
    this.truth = new Truth(account, policy, () => this.clock.now(), mix['worker-paused'] !== undefined);
    this.inspector = new Inspector(this.truth, this.journal);
    const onCommit: OnCommit = (sandbox, commit) => {
      this.inspector.committed(sandbox, commit);
    };
    this.#storage = isOnTable(random)
      ? tableStorage(account, this.faults, random.of('table'), onCommit)
      : memoryStorage(this.faults, onCommit);
    this.#operations = new Operations(this.faults, this.truth, this.journal, account);
    this.#deployment = this.#deploy(policy);
    const { clock, truth, faults, journal } = this;
    const office = {
      clock,
      truth,
      faults,
      journal,
      deployment: this.#deployment,
      store: this.#storage.sound.incidents,
    };
    this.#people = new People({ ...office, random: random.of('people') });
    this.#watchHealth();
  }

  async run(seed: number): Promise<void> {
    const endsAt = startsAt + this.scenario.troubledFor;
    this.#fallSick();
    this.#eachMinute();
    await this.#until(endsAt);
    this.faults.heal();
    this.#operations.heal();
    this.#deployment.retire();
    this.journal.note('the world', 'is healed');
    await this.#until(endsAt + convergesWithin, () => this.#isConverged());
    if (!this.inspector.violation) this.inspector.end();
    if (seed % longOneIn === 0) await this.#until(this.clock.now() + longLasts);
  }

  #deploy(policy: Policy): Deployment {
    const { turns, world, faults, journal, truth, random } = this;
    const wire: Wire = {
      faults,
      lag: new LaggingReads(truth.account, faults.mix['aws-read-lags'] !== undefined),
      isDenied: (action) => this.#operations.isDenied(action),
      onWrite: (sandbox, request) => this.inspector.sent(sandbox, request),
      onCall: (sandbox, { service, operation }, error) => {
        if (error !== undefined) journal.note(sandbox.id, `${service}:${operation} fails: ${error}`);
      },
    };
    const deployment = new Deployment({
      turns,
      world,
      faults,
      journal,
      policy,
      wire,
      random: random.of('deployment'),
      releases: this.#operations.releases(remediations),
      storage: this.#storage,
      settings,
    });
    const delays = random.of('delays');
    const delivery = new EventDelivery(
      this.clock,
      faults,
      deployment.queue,
      () => delays.between(200, 2_500),
      (event, body) => {
        const instance = alarmedInstance(event);
        if (instance !== undefined) truth.alarmed.push({ at: this.clock.now(), instance, body });
      },
    );
    truth.deadLetters = () => deployment.queue.deadLetters.map(({ body }) => body);
    world.subscribe((event) => {
      delivery.deliver(event);
    });
    return deployment;
  }

  #watchHealth(): void {
    const { truth, clock } = this;
    truth.account.services.ec2.onChange(({ id, power, sicknesses }) => {
      const isIll = power === 'running' && [...sicknesses.keys()].some((kind) => kind !== 'retiring');
      if (isIll) {
        if (!truth.sickSince.has(id)) truth.sickSince.set(id, clock.now());
        truth.wellSince.delete(id);
      } else {
        if (!truth.wellSince.has(id)) truth.wellSince.set(id, clock.now());
        truth.sickSince.delete(id);
      }
    });
  }

  #fallSick(): void {
    for (const { after, what, befall } of this.scenario.ailments) {
      this.clock.at(startsAt + after, () => {
        this.journal.note('the world', what);
        befall(this.truth.account, this.faults);
      });
    }
  }

  #eachMinute(): void {
    this.clock.after(minute, () => {
      this.#eachMinute();
      const { clock, truth, faults, scenario } = this;
      const instances = [...scenario.members, ...scenario.loners];
      if (!faults.isHealed) {
        this.#operations.turn(clock, this.#deployment, this.#storage.sound.incidents);
        attack({ clock, account: truth.account, deployment: this.#deployment, truth, faults, instances });
      }
      this.#sweepIfNeeded();
    });
  }

  /** A sweep that would find nothing reads three lists and ends: most of these are left out. */
  #sweepIfNeeded(): void {
    const now = this.clock.now();
    const isLate = this.truth.open().some(({ incident: { wake } }) => wake !== null && wake.at < now - minute / 2);
    if (isLate || this.random.between(0, 9) === 0) this.#deployment.sweep();
  }

  /** What is nobody's business any more: all is with people or over, and nothing waits to be told. */
  async #isConverged(): Promise<boolean> {
    const { truth } = this;
    for (const one of await this.#storage.sound.incidents.parked(100)) truth.parked.add(one.id);
    const settled = ['escalated', 'acknowledged', 'watching'];
    const open = truth
      .open()
      .filter(({ incident }) => !settled.includes(incident.state) && !truth.parked.has(incident.id));
    return (
      open.length === 0 && (await this.#storage.sound.digests.pending()).length === 0 && this.#deployment.isQuiet()
    );
  }

  async #until(end: number, isDone: () => Promise<boolean> = async () => false): Promise<void> {
    const { truth, inspector, clock } = this;
    let asked = clock.now();
    while (!inspector.violation && (await this.turns.next(end))) {
      const { published } = truth.account.services.sns;
      for (let index = truth.told.length; index < published.length; index += 1) {
        const { at, message, subject = '' } = published[index] ?? { at: 0, message: '' };
        truth.told.push({ at, text: `${subject}\n${message}` });
        this.journal.note('SNS', subject);
      }
      this.#people.readMail(published);
      if (clock.now() < asked + minute) continue;
      asked = clock.now();
      if (await isDone()) return;
    }
  }
}

/** The instance whose alarm this says to be in ALARM. */
function alarmedInstance({ source, detail }: BusEvent): string | undefined {
  const { state } = detail as { readonly state?: { readonly value?: string } };
  if (source !== 'aws.cloudwatch' || state?.value !== 'ALARM') return undefined;
  return /"InstanceId":"(i-[0-9a-f]+)"/.exec(JSON.stringify(detail))?.[1];
}
