import type { Lambda } from '@aws-sdk/client-lambda';
import type { Builders } from './place';

/** The least archive that there is: it holds nothing. */
const emptyZip = Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex');

/** Makes functions of an emulator with SDK calls; `callable`: that statement alone is in their policies. */
export function lambdaBuilders(lambda: Lambda, account: string): Pick<Builders, 'lambdaFunction'> {
  return {
    async lambdaFunction({ name, callableBy }) {
      const { FunctionArn = '' } = await lambda.createFunction({
        FunctionName: name,
        Runtime: 'nodejs20.x',
        Handler: 'index.handler',
        Role: `arn:aws:iam::${account}:role/${name}`,
        Code: { ZipFile: emptyZip },
      });
      if (callableBy !== undefined) await letCall(lambda, name, callableBy);
      return FunctionArn;
    },
  };
}

/** Lets a service call a function, in a statement that is named `callable`. */
export async function letCall(lambda: Lambda, FunctionName: string, Principal: string): Promise<void> {
  await lambda.addPermission({ FunctionName, StatementId: 'callable', Action: 'lambda:InvokeFunction', Principal });
}
