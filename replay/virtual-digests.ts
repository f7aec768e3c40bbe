import type { DigestStore } from '../runtime/store/digest-store';
import type { Notifier } from '../runtime/surroundings';
import type { VirtualClock } from '../simulator/clock';

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * Writes as `notifier` does, and sends what it folded as the sweeper would, at each full minute. While nothing waits to be told
 * nothing is on the clock, so that a world in which all is over stands still; so it is a day after what nobody could be told.
 */
export function withDigests(
  notifier: Notifier,
  clock: VirtualClock,
  digests: Pick<DigestStore, 'pending'>,
  sendDigests: () => Promise<void>,
): Notifier {
  let foldedAt = 0;
  let isArmed = false;
  const arm = (): void => {
    if (isArmed) return;
    isArmed = true;
    clock.at(Math.floor(clock.now() / minute) * minute + minute, sweep);
  };
  const sweep = async (): Promise<void> => {
    isArmed = false;
    await sendDigests();
    if ((await digests.pending()).length > 0 && clock.now() < foldedAt + day) arm();
  };
  const afterwards = async (): Promise<void> => {
    if ((await digests.pending()).length === 0) return;
    foldedAt = clock.now();
    arm();
  };
  return {
    notify: async (notice, incident, history) => {
      const told = await notifier.notify(notice, incident, history);
      if (told === 'folded') await afterwards();
      return told;
    },
    notifyParked: async (contact, parked) => {
      await notifier.notifyParked(contact, parked);
      await afterwards();
    },
  };
}
