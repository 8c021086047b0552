import { z } from 'zod';
import { amount, documentReference, duration, extensions, identifier, instant, quantity } from './primitives.js';

/**
 * Who wants what, how much, where and by when. With `from` it is a booking of goods that lie there; with `product` it is
 * served from lots. Placed again with the same id, it is a revision that replaces the older word.
 */
export const orderPlaced = z
  .strictObject({
    id: identifier,
    customer: z.string().max(200).optional(),
    from: identifier.optional(),
    product: identifier.optional(),
    to: identifier,
    quantity,
    unitSize: quantity.optional().meta({ description: 'Goods move in whole multiples of it' }),
    available: instant.optional(),
    due: instant.optional(),
    latest: instant.optional(),
    latePerUnitHour: amount.optional(),
    revenue: amount.optional(),
    unservedPenalty: amount.optional(),
    minShelfLife: duration.optional(),
    reefer: z.boolean().optional(),
    setPoint: z.number().optional(),
    spoilagePerUnitHour: amount.optional(),
    equipment: z.array(z.string().max(20)).optional().meta({ description: 'Container or trailer numbers' }),
    references: z.array(documentReference).optional(),
    extensions,
  })
  .superRefine((order, context) => {
    if (order.from === undefined && order.product === undefined)
      context.addIssue({ code: 'custom', message: 'must have `from` (a booking) or `product` (served from lots)' });
    if (order.from === order.to)
      context.addIssue({ code: 'custom', path: ['to'], message: `(${order.to}) must differ from \`from\`` });
    if (order.from !== undefined && order.available === undefined)
      context.addIssue({
        code: 'custom',
        path: ['available'],
        message: 'is required with `from`: when the goods are ready',
      });
  });

export const orderCancelled = z.strictObject({ order: identifier, reason: z.string().max(500).optional(), extensions });

/** What is available where and when, for orders of its product. */
export const lotRegistered = z.strictObject({
  id: identifier,
  product: identifier,
  location: identifier,
  quantity,
  available: instant,
  produced: instant
    .optional()
    .meta({ description: "Harvest or production; with the product's shelf life it gives `expires`" }),
  expires: instant.optional(),
  unitCost: amount.optional(),
  equipment: z
    .array(z.string().max(20))
    .optional()
    .meta({ description: 'Containers or cold cells whose sensors tell of it' }),
  extensions,
});

export const lotWithdrawn = z.strictObject({ lot: identifier, reason: z.string().max(500).optional(), extensions });
