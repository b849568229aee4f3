import { exportService } from '../exports/export-service.ts';
import { resumeUnfinishedRuns } from '../mint/run-service.ts';
import { storeHealth } from './store-health.ts';

/** Takes up runs, uploads and exports that an earlier visit left, where the store that has them opens. */
export async function resumeWork(): Promise<void> {
  try {
    await storeHealth.check();
    if (storeHealth.state !== 'sound') return;
    await Promise.all([resumeUnfinishedRuns(), exportService.resume()]);
  } catch (error) {
    console.error('Unfinished work was not taken up.', error);
    await storeHealth.report(error);
  }
}
