import { useEffect } from 'react';
import { putStatus } from './api/own-session.ts';

const REPORT_EVERY_MS = 5 * 60_000;

/** The Battery Status API, which Chromium has and the others lack. */
interface BatteryManager {
  readonly level: number;
  readonly charging: boolean;
}
type BatteryNavigator = Navigator & { readonly getBattery?: () => Promise<BatteryManager> };

/** Tells the server of this device's battery, now and then, where the browser knows of it. */
export function useReportStatus(isPaired: boolean): void {
  useEffect(() => {
    if (!isPaired) return;
    // One that is not told is told the next time.
    const report = () => void reportBattery().catch(() => undefined);
    report();
    const timer = setInterval(report, REPORT_EVERY_MS);
    return () => clearInterval(timer);
  }, [isPaired]);
}

async function reportBattery(): Promise<void> {
  const { getBattery } = navigator as BatteryNavigator;
  if (getBattery === undefined) return;
  const { level, charging } = await getBattery.call(navigator);
  await putStatus({ percent: Math.round(100 * level), charging });
}
