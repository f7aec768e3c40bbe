import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Homeostat, type HomeostatProps } from './homeostat';

/** A stack that holds one Homeostat and nothing else. */
export class HomeostatStack extends Stack {
  readonly homeostat: Homeostat;

  constructor(scope: Construct, id: string, props: HomeostatProps & StackProps) {
    super(scope, id, { description: 'Homeostat: heals what its policy lets it', ...props });
    this.homeostat = new Homeostat(this, 'Homeostat', props);
  }
}
