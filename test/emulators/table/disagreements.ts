/** A case in which an emulator does not answer as the simulated table. */
interface TableDisagreement {
  readonly emulator: 'moto' | 'ministack';
  readonly case: string;
  readonly reason: string;
}

function listed(
  emulator: TableDisagreement['emulator'],
  reason: string,
  cases: readonly string[],
): readonly TableDisagreement[] {
  return cases.map((name) => ({ emulator, case: name, reason }));
}

/**
 * What is known. The simulated table sides with AWS in each: by its guides, or by what it is seen to do. A row that no longer
 * holds fails `npm run test:emulators`.
 */
export const tableDisagreements: readonly TableDisagreement[] = [
  ...listed('ministack', 'it cancels nothing that does not fit a row: it writes what it can', [
    'update SET n = txt + :1',
    'update SET txt[0] = :1',
    'a transaction whose update does not fit its row is cancelled',
  ]),
  ...listed('ministack', 'it looks at the type of an attribute as AWS does at that of a value', [
    'condition begins_with(n, :start)',
  ]),
  ...listed('ministack', 'it reads on where AWS says that there is an error in the expression', [
    'update SET n = :1 SET m = :1',
    'update SET n = :1,',
  ]),
  ...listed('ministack', 'it removes one place of a list after the other, so that the later ones have moved', [
    'update REMOVE mp.low, lst[0], lst[2]',
  ]),
  ...listed('ministack', 'it takes any condition for one on keys, and lets a filter name them', [
    'query pk = :pk AND sk <> :a, forward',
    'query pk = :pk AND sk <> :a, backward',
    'query pk = :pk OR sk = :a, forward',
    'query pk = :pk OR sk = :a, backward',
    'a filter is applied to the rows of the page',
  ]),
  ...listed('moto', 'it answers with an error of its own (500)', [
    'condition n > :txt',
    'condition size(absent) = :2',
    'condition txt = :txt AND',
    'condition size(txt)',
    'condition attribute_exists(:txt)',
    'condition contains(txt)',
    'condition txt = :gone',
    'condition #gone = :txt',
    'query pk = :pk AND sk <> :a, forward',
    'query pk = :pk AND sk <> :a, backward',
    'query pk = :pk OR sk = :a, forward',
    'query pk = :pk OR sk = :a, backward',
    'an update that says nothing makes the row',
  ]),
  ...listed('moto', 'it compares the beginnings of bytes in base64', ['condition begins_with(b, :ab)']),
  ...listed('moto', 'it does not look at the keys of indexes', ['a row with an index key of another type is refused']),
  ...listed('moto', 'it does not look for values that are not used', [
    'a value that is not used is refused',
    'a value without any expression that is not used is refused',
  ]),
  ...listed('moto', 'it gives of a list the last place alone that is asked for', ['a projection gives what it names']),
  ...listed('moto', 'it gives the key back, too, of a row that is new', ['an update gives back UPDATED_NEW']),
  ...listed('moto', 'it keeps numbers as they were written', ['numbers come back in one form']),
  ...listed('moto', 'it knows that a page was the last one', [
    'a page that ends with the last row has a next one, which is empty',
  ]),
  ...listed('moto', 'it lets a filter name keys', ['a filter is applied to the rows of the page']),
  ...listed('moto', 'it refuses the request in place of cancelling the transaction', [
    'a transaction whose update does not fit its row is cancelled',
  ]),
  ...listed('moto', 'it does not look at tokens', ['a token is carried out once, and is for one request']),
];
