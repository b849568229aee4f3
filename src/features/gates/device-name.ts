import { t } from '@lingui/core/macro';

/** What this device may be called, until somebody gives it a better name. */
export function proposedName({ userAgent, maxTouchPoints }: Navigator = navigator): string {
  if (/iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)) return 'iPad';
  if (/iPhone/.test(userAgent)) return 'iPhone';
  if (/Android/.test(userAgent)) return /Mobile/.test(userAgent) ? t`Android phone` : t`Android tablet`;
  if (/CrOS/.test(userAgent)) return 'Chromebook';
  if (/Windows/.test(userAgent)) return t`Windows computer`;
  if (/Macintosh/.test(userAgent)) return 'Mac';
  return t`Scanner`;
}
