import { resourceKey, resourceKinds, resourceNamed } from '../../signals/signal';

const at = { account: '111122223333', region: 'eu-west-1' };
const id = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/73e2d6bc24d8a067';

describe('the key of a resource', () => {
  it.each(resourceKinds)('of kind %s leads back to it, slashes and all', (kind) => {
    const resource = { kind, id, ...at };
    expect(resourceNamed(resourceKey(resource))).toEqual(resource);
  });

  it('of a kind that this release does not know leads to one of kind other', () => {
    expect(resourceNamed('111122223333/eu-west-1/quantum-ledger/q-1')).toEqual({ kind: 'other', id: 'q-1', ...at });
  });
});
