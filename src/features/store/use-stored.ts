import { useLiveQuery } from 'dexie-react-hooks';
import { useSyncExternalStore } from 'react';
import { storeHealth } from './store-health.ts';

/**
 * What the local database says, and says anew when it changes; `undefined` until it has answered. A store that cannot be read
 * is told of in one place, and must not take pages with it that show what the server knows: they get `instead`.
 */
export function useStored<Value, Instead = Value>(
  query: () => Promise<Value>,
  dependencies: readonly unknown[],
  instead: Instead,
): Value | Instead | undefined {
  const generation = useSyncExternalStore(storeHealth.subscribe, () => storeHealth.generation);
  return useLiveQuery(async () => {
    try {
      return await query();
    } catch (error) {
      void storeHealth.report(error);
      return instead;
    }
  }, [...dependencies, generation]);
}
