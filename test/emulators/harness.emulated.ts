import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { EC2Client, DescribeInstancesCommand, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { onEachEmulator } from './each';
import { clientSettings, freshAccount } from './endpoints';

onEachEmulator(['dynamodb'], ({ endpoint }) => {
  test('the tables of an account are not seen by another', async () => {
    const [one, other] = [freshAccount(), freshAccount()].map(
      (account) => new DynamoDBClient(clientSettings(endpoint, account)),
    );
    await one!.send(
      new CreateTableCommand({
        TableName: 'apart',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      }),
    );
    expect((await one!.send(new ListTablesCommand())).TableNames).toEqual(['apart']);
    expect((await other!.send(new ListTablesCommand())).TableNames).toEqual([]);
  });
});

onEachEmulator(['ec2'], ({ endpoint }) => {
  test('the instances of an account are not seen by another', async () => {
    const [one, other] = [freshAccount(), freshAccount()].map(
      (account) => new EC2Client(clientSettings(endpoint, account)),
    );
    await one!.send(new RunInstancesCommand({ ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1 }));
    expect((await one!.send(new DescribeInstancesCommand())).Reservations).toHaveLength(1);
    expect((await other!.send(new DescribeInstancesCommand())).Reservations ?? []).toEqual([]);
  });
});
