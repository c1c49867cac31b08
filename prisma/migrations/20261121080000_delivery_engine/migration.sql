-- A digest goes ahead of what is younger than the oldest event that it tells.
ALTER TABLE "delivery" ADD COLUMN "ahead" BOOLEAN NOT NULL DEFAULT false;

-- A flow that is switched off answers like one that was deleted: since when it does.
ALTER TABLE "destination" ADD COLUMN "goneSince" DATETIME;

-- The heads of a lane are what is pending and not told by a digest.
DROP INDEX "delivery_pending_idx";
CREATE INDEX "lane_heads_idx" ON "delivery"("destinationId", "ahead" DESC, "id") WHERE "state" = 'pending' AND "digestId" IS NULL;

-- What is held is let go by configuration.
DROP INDEX "delivery_held_idx";
CREATE INDEX "delivery_held_idx" ON "delivery"("heldUntil", "entityId") WHERE "heldUntil" IS NOT NULL;

-- Stamped deliveries are found by the lanes that are leased, and settled ones by their age.
DROP INDEX "delivery_stamped_idx";
DROP INDEX "delivery_settled_idx";
