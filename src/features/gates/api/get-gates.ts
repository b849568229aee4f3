import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { gateDeviceSchema, gateSchema } from '../../../../core/api/gate-device.ts';
import { askOrRecall } from '../../../api/known-answers.ts';

const gatesSchema = z.array(gateSchema);
const devicesSchema = z.array(gateDeviceSchema);

/** What devices tell of themselves is at most a minute old. */
const DEVICES_REFRESH_MS = 15_000;

/** All gates of the event, closed ones included, in the order they were made. */
export const gatesQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['events', eventId, 'gates'],
    queryFn: ({ signal }) => askOrRecall(`events/${eventId}/gates`, gatesSchema, { signal }),
  });

/** The event's devices, newest first, revoked ones included. */
export const gateDevicesQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['events', eventId, 'gate-devices'],
    queryFn: ({ signal }) => askOrRecall(`events/${eventId}/gate-devices`, devicesSchema, { signal }),
    refetchInterval: DEVICES_REFRESH_MS,
  });
