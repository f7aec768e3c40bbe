import { listed, type Disagreement } from '../disagreement';

/** Functions, their aliases, and what brings them records. */
export const aboutLambda: readonly Disagreement[] = [
  ...listed('moto', 'it does not know the operation', [
    ['lambda:GetAccountSettings', 'what is reserved for a function is no longer shared'],
  ]),
  ...listed('moto', 'it compares no revision, and makes no new one', [
    ['lambda:UpdateAlias', 'it leads to the other version at once, and has another revision'],
    ['lambda:UpdateAlias', 'a revision that is not the latest is refused'],
  ]),
  ...listed(['moto', 'ministack'], 'it reserves more than the account has', [
    ['lambda:PutFunctionConcurrency', 'less than a hundred for the others is refused'],
  ]),
  ...listed('ministack', 'it does not look whether the version exists', [
    ['lambda:UpdateAlias', 'a version that does not exist is refused'],
  ]),
];
