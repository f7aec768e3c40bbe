import { MemoryDigests } from '../../../runtime/store/memory-digests';
import { digestStoreContract } from './digest-store.contract';

digestStoreContract(() => new MemoryDigests());
