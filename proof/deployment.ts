import { functionsOn, type Functions, type Ports } from '../runtime/lambda/composition';
import type { Deadline } from '../runtime/lambda/deadline';
import type { Settings } from '../runtime/lambda/settings';
import type { Telemetry } from '../runtime/lambda/telemetry';
import { answerPage, type AnswerDesk, type PageRequest } from '../runtime/answers/answer-page';
import { ticketMessage } from '../runtime/answers/answer-message';
import type { PageResponse } from '../runtime/answers/page-layout';
import { MemoryTroubles } from '../runtime/store/trouble-store';
import type { Remediation } from '../remediations/remediation';
import type { Policy } from '../statemachines/policy';
import type { World } from '../simulator/world';
import { clientsOf, enter, opsItemsHere, type Wire } from './deployment/network';
import { publisherOf } from './deployment/publisher';
import { Queue, recordOf, visibility, type Message } from './deployment/queue';
import { Sandbox } from './deployment/sandbox';
import type { Storage } from './deployment/storage';
import { Schedule } from './deployment/schedule';
import { pageRole } from './deployment/settings';
import type { Turns } from './deployment/turns';
import type { Faults } from './faults';
import type { Journal } from './journal';
import type { Randomness } from './randomness';

const second = 1_000;
const minute = 60 * second;
/** As deployed. */
const workerTime = 120 * second;
const sweeperTime = 50 * second;
const batchesAtOnce = 8;
const batchSize = 5;

/** What a deployment stands on. */
export interface Ground {
  readonly turns: Turns;
  readonly world: World;
  readonly faults: Faults;
  readonly random: Randomness;
  readonly journal: Journal;
  readonly policy: Policy;
  /** What each release knows. */
  readonly releases: readonly [readonly Remediation[], readonly Remediation[]];
  readonly storage: Storage;
  readonly wire: Wire;
  readonly settings: Settings;
}

interface Process {
  readonly sandbox: Sandbox;
  readonly functions: Functions;
}

/** Homeostat deployed on AWS, all of it in this process: queue, workers, sweeper, timers and the page; only the code is the real one. */
export class Deployment {
  readonly queue: Queue;
  readonly #schedule: Schedule;
  readonly #idle: Process[] = [];
  #sandboxes = 0;
  #running = 0;
  #isThrottled = false;
  /** The release that new processes are of. */
  release: 0 | 1 = 0;

  constructor(private readonly ground: Ground) {
    const { clock } = ground.turns;
    enter(ground.world);
    this.queue = new Queue(clock, () => {
      this.#poll();
    });
    this.#schedule = new Schedule(clock, ground.faults, (body) => {
      this.queue.send(body);
    });
  }

  /** Processes that were kept for the next batch are gone; those at work go on. */
  retire(): void {
    this.#idle.length = 0;
  }

  /** Whether nothing waits to be worked off, but what comes much later. */
  isQuiet(): boolean {
    return this.#running === 0 && this.queue.nextAt() > this.ground.turns.clock.now() + visibility;
  }

  /** Runs the sweeper once, as each minute. */
  sweep(): void {
    const { faults, turns, journal } = this.ground;
    if (faults.hits('sweep-missed')) return;
    const process = this.#start('sweeper');
    const endsAt = turns.clock.now() + sweeperTime;
    const context = { getRemainingTimeInMillis: () => endsAt - turns.clock.now() };
    let isOver = false;
    this.#endAt(endsAt, process.sandbox, () => isOver);
    turns.stir();
    process.functions.sweep({}, context).then(
      () => {
        isOver = true;
      },
      (error: unknown) => {
        isOver = true;
        journal.note(process.sandbox.id, `the sweep failed: ${String(error)}`);
      },
    );
  }

  /** A browser, or what looks like one, asks the page. */
  async browse(request: PageRequest): Promise<PageResponse> {
    const { storage, turns, releases } = this.ground;
    const desk: AnswerDesk = {
      tickets: storage.sound.tickets,
      incidents: storage.sound.incidents,
      clock: turns.clock,
      remediations: new Map(releases[this.release].map((one) => [one.name, one])),
      send: async (ticket) => {
        this.queue.send(ticketMessage(ticket), `${pageRole}:answer`);
      },
    };
    return answerPage(request, desk);
  }

  #start(name: string): Process {
    const { turns, faults, random, journal, policy, settings, releases } = this.ground;
    this.#sandboxes += 1;
    const id = `${name} ${this.#sandboxes}`;
    const release = this.#releaseOfNext();
    const sandbox = new Sandbox(id, release, turns, faults, random.of(id), () => {
      journal.note(id, 'dies');
    });
    const functions = functionsOn(this.#ports(sandbox), settings, policy, this.#telemetry(id), releases[release]);
    return { sandbox, functions };
  }

  #releaseOfNext(): 0 | 1 {
    const { faults } = this.ground;
    if (faults.hits('two-releases')) return faults.randomOf('two-releases').chance(0.5) ? 1 : 0;
    return this.release;
  }

  #ports(sandbox: Sandbox): Ports {
    const { storage, wire, turns, random } = this.ground;
    const { incidents, tickets, digests } = storage.reachedBy(sandbox);
    return {
      clock: sandbox.clock,
      store: incidents,
      tickets,
      digests,
      troubles: new MemoryTroubles(),
      lookAtTopic: () => Promise.resolve(undefined),
      clients: clientsOf(sandbox, wire),
      channels: { publish: publisherOf(sandbox, this.ground), opsItems: opsItemsHere },
      createSchedule: this.#schedule.createAs(sandbox),
      putEvents: () => sandbox.cross({ what: 'events:PutEvents', changes: false }, () => 0),
      deadlineIn: (milliseconds) => deadlineOn(turns, milliseconds),
      random: (bytes) => random.of(`tokens of ${sandbox.id}`).bytes(bytes),
    };
  }

  #telemetry(id: string): Telemetry {
    return {
      log: (level, message, facts) => {
        if (level !== 'info') this.ground.journal.note(id, `${message}: ${String(facts?.reason ?? '')}`);
      },
      count: () => undefined,
    };
  }

  #poll(): void {
    const { faults, turns } = this.ground;
    if (this.#isThrottled) return;
    if (faults.hits('worker-throttled')) {
      this.#isThrottled = true;
      turns.clock.after(minute, () => {
        this.#isThrottled = false;
        this.#poll();
      });
      return;
    }
    while (this.#running < batchesAtOnce) {
      const messages = this.queue.receive(this.ground.random.between(1, batchSize));
      if (messages.length === 0) return;
      this.#work(messages);
    }
  }

  #work(messages: readonly Message[]): void {
    const { turns, faults, journal } = this.ground;
    const process = this.#idle.pop() ?? this.#start('worker');
    const { sandbox, functions } = process;
    this.#running += 1;
    let isOver = false;
    const over = (): void => {
      if (isOver) return;
      isOver = true;
      this.#running -= 1;
      this.#poll();
    };
    const endsAt = turns.clock.now() + workerTime;
    this.#endAt(endsAt, sandbox, () => isOver, over);
    if (faults.hits('message-twice')) {
      for (const message of messages) this.queue.hide(message, faults.randomOf('message-twice').between(0, minute));
    }
    turns.stir();
    functions
      .work({ Records: messages.map(recordOf) }, { getRemainingTimeInMillis: () => endsAt - turns.clock.now() })
      .then(
        ({ batchItemFailures }) => {
          over();
          if (sandbox.isDead) return;
          this.#idle.push(process);
          if (faults.hits('batch-answer-lost')) return;
          const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
          for (const { id } of messages) if (!failed.has(id)) this.queue.delete(id);
        },
        (error: unknown) => {
          journal.note(sandbox.id, `the batch failed: ${String(error)}`);
          over();
        },
      );
  }

  /** Lambda ends a function when its time is over; one that it has lost sight of is resumed, and goes on for a while. */
  #endAt(endsAt: number, sandbox: Sandbox, isOver = () => false, over: () => void = () => undefined): void {
    const { faults, turns } = this.ground;
    turns.clock.at(endsAt, () => {
      if (isOver()) return;
      over();
      if (faults.mix['worker-paused'] === undefined || faults.isHealed) sandbox.kill();
      else
        turns.clock.after(visibility, () => {
          sandbox.kill();
        });
    });
  }
}

function deadlineOn(turns: Turns, milliseconds: number): Deadline {
  let isOver = milliseconds <= 0;
  let cancel = (): void => undefined;
  const over = new Promise<void>((done) => {
    cancel = turns.clock.after(Math.max(0, milliseconds), () => {
      isOver = true;
      turns.stir();
      done();
    });
  });
  return {
    over,
    isOver: () => isOver,
    cancel: () => {
      cancel();
    },
  };
}
