import type { DigestStore, Folded } from '../../../runtime/store/digest-store';
import { aFolded, foldedAt as at } from './folded';

const minute = 60_000;
const limit = { atMost: 3, withinMillis: 10 * minute };

const single = (notice: string, after = 0, contact = 'oncall') => ({ contact, notice, at: at + after });

/** What every store of digests keeps to. */
// eslint-disable-next-line jest/no-export -- the tests of each store run it
export function digestStoreContract(make: () => DigestStore | Promise<DigestStore>): void {
  let store: DigestStore;
  beforeEach(async () => {
    store = await make();
  });
  const foldedOf = async (contact: string): Promise<readonly Folded[]> => {
    const digests = await store.pending();
    const ofContact = digests.find((digest) => digest.contact === contact)?.folded ?? [];
    return [...ofContact].sort((one, other) => one.notice.localeCompare(other.notice));
  };

  describe('a notice that was folded', () => {
    it('is read as it was written, among those of its contact', async () => {
      const { resource: _none, ...bare } = aFolded('b', { kind: 'parked', scopes: [] });
      await store.fold(aFolded('a', { until: at + minute }));
      await store.fold(bare);
      await store.fold(aFolded('c', { contact: 'manager' }));
      expect(await foldedOf('oncall')).toEqual([aFolded('a', { until: at + minute }), bare]);
      expect(await foldedOf('manager')).toEqual([aFolded('c', { contact: 'manager' })]);
    });

    it('is there once, however often it was folded', async () => {
      await Promise.all(Array.from({ length: 5 }, (_, tries) => store.fold(aFolded('a', { at: at + tries }))));
      expect(await foldedOf('oncall')).toHaveLength(1);
    });

    it('is not lost where many are folded at the same time', async () => {
      await Promise.all(Array.from({ length: 250 }, (_, place) => store.fold(aFolded(`n-${place}`))));
      expect(await foldedOf('oncall')).toHaveLength(250);
    });

    it('is gone once it was told, and what came meanwhile is not', async () => {
      const told = Array.from({ length: 120 }, (_, place) => aFolded(`n-${place}`));
      for (const one of told) await store.fold(one);
      const folded = await foldedOf('oncall');
      await store.fold(aFolded('later'));
      await store.told({ contact: 'oncall', folded }, at + minute);
      expect(await store.pending()).toEqual([{ contact: 'oncall', folded: [aFolded('later')], sentAt: at + minute }]);
    });

    it('of another contact has nothing to do with it', async () => {
      await store.fold(aFolded('a', { contact: 'oncall' }));
      await store.fold(aFolded('a', { contact: 'oncall-2' }));
      await store.told({ contact: 'oncall', folded: [aFolded('a')] }, at);
      expect(await store.pending()).toEqual([{ contact: 'oncall-2', folded: [aFolded('a', { contact: 'oncall-2' })] }]);
    });

    it('is in no digest any more once it may go alone', async () => {
      await store.fold(aFolded('a'));
      await store.mayGoAlone(single('a'), limit);
      expect(await store.pending()).toEqual([]);
    });
  });

  describe('a notice that would go alone', () => {
    it('may, up to the limit of its contact', async () => {
      const answers: boolean[] = [];
      for (const notice of ['a', 'b', 'c', 'd']) answers.push(await store.mayGoAlone(single(notice), limit));
      expect(answers).toEqual([true, true, true, false]);
      expect(await store.mayGoAlone(single('d', 0, 'manager'), limit)).toBe(true);
    });

    it('is counted once, however often it is tried', async () => {
      for (const after of [0, minute, 2 * minute]) expect(await store.mayGoAlone(single('a', after), limit)).toBe(true);
      expect(await store.mayGoAlone(single('b'), limit)).toBe(true);
      expect(await store.mayGoAlone(single('c'), limit)).toBe(true);
      // Its turn was taken: it may be tried again though the limit is reached.
      expect(await store.mayGoAlone(single('a', 3 * minute), limit)).toBe(true);
    });

    it('counts no longer when the time is over', async () => {
      for (const notice of ['a', 'b', 'c']) await store.mayGoAlone(single(notice), limit);
      expect(await store.mayGoAlone(single('d', 10 * minute - 1), limit)).toBe(false);
      expect(await store.mayGoAlone(single('d', 10 * minute), limit)).toBe(true);
    });

    it('is one of no more than the limit where many ask at the same time', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, place) => store.mayGoAlone(single(`n-${place}`), limit)),
      );
      const alone = answers.filter((may) => may).length;
      expect(alone).toBeGreaterThan(0);
      expect(alone).toBeLessThanOrEqual(3);
    });
  });
}
