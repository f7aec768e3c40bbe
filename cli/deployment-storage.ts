import { S3, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { ClientSettings } from '../runtime/aws/sdk-clients';
import { SimpleStorageClient } from '../runtime/aws/simple-storage-client';

type Routes = Parameters<SimpleStorageClient['getMultiRegionAccessPointRoutes']>[0];

/** The client of buckets, which also asks the API of accounts where access points lead. */
export class DeploymentStorage extends S3 {
  readonly #ofAccounts: SimpleStorageClient;

  constructor(settings: S3ClientConfig) {
    super(settings);
    this.#ofAccounts = new SimpleStorageClient({
      ...settings,
      requestHandler: this.config.requestHandler,
    } as ClientSettings);
  }

  /** Clients that it hands calls on to. */
  get handsTo(): readonly object[] {
    return [this.#ofAccounts];
  }

  getMultiRegionAccessPointRoutes(input: Routes): Promise<object> {
    return this.#ofAccounts.getMultiRegionAccessPointRoutes(input);
  }
}
