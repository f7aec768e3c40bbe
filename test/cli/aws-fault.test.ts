import { awsFault, isOfAws } from '../../cli/aws-fault';

const thrown = (name: string, rest: object = {}): Error => Object.assign(new Error('its message'), { name, ...rest });

describe('a fault of AWS', () => {
  it.each<[string, Error, string]>([
    ['no region', new Error('Region is missing'), 'no AWS region is known'],
    ['no credentials', thrown('CredentialsProviderError'), 'there are no AWS credentials (its message)'],
    ['a session that is over', thrown('TokenProviderError'), 'there are no AWS credentials (its message)'],
    ['a token that is over', thrown('ExpiredTokenException'), 'AWS does not take the credentials'],
    ['a key of nobody', thrown('InvalidClientTokenId'), 'AWS does not take the credentials'],
    ['a wrong clock', thrown('RequestTimeTooSkewed'), 'the clock of this machine is wrong'],
    ['what is not there', thrown('ResourceNotFoundException'), 'it is not there (its message)'],
    ['what is denied', thrown('AccessDenied'), 'you may not do this (its message)'],
    [
      'a port that nobody listens on',
      thrown('Error', { code: 'ECONNREFUSED' }),
      'AWS cannot be reached (ECONNREFUSED: its',
    ],
    ['a host of no name', thrown('Error', { code: 'ENOTFOUND' }), 'AWS cannot be reached (ENOTFOUND: its message)'],
    ['no answer in time', thrown('TimeoutError'), 'AWS cannot be reached (TimeoutError: its message)'],
    [
      'anything else',
      thrown('InternalServerError', { $metadata: {} }),
      'AWS answered InternalServerError: its message',
    ],
  ])('says of %s what it is, and what to do', (_what, error, told) => {
    const { what, next } = awsFault(error);
    expect(what).toContain(told);
    expect(next).not.toBe('');
    expect(isOfAws(error)).toBe(true);
  });

  it('is one line, whatever AWS answers', () => {
    expect(awsFault(Object.assign(new Error('one\n\u001b[31mtwo'), { name: 'AccessDenied' })).what).toBe(
      'you may not do this (one two)',
    );
  });

  it('is none of ours', () => {
    expect(isOfAws(new TypeError('x is not a function'))).toBe(false);
    expect(isOfAws('text')).toBe(false);
  });
});
