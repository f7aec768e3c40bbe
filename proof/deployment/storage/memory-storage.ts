import { heard } from '../../../runtime/store/heard-store';
import { MemoryDigests } from '../../../runtime/store/memory-digests';
import { MemoryStore } from '../../../runtime/store/memory-store';
import { MemoryTickets } from '../../../runtime/store/memory-tickets';
import type { Faults } from '../../faults';
import type { OnCommit, Storage } from '../storage';
import { shakyMemory } from './shaky-memory';
import { shakySides } from './shaky-sides';

/** The stores in memory, each call of which may fail as a whole. */
export function memoryStorage(faults: Faults, onCommit: OnCommit): Storage {
  const incidents = new MemoryStore();
  const sound = { incidents, tickets: new MemoryTickets(), digests: new MemoryDigests() };
  return {
    sound,
    reachedBy: (sandbox) => {
      const recorded = heard(incidents, (commit) => {
        onCommit(sandbox, commit);
      });
      return { incidents: shakyMemory(sandbox, recorded, faults), ...shakySides(sandbox, sound, faults) };
    },
  };
}
