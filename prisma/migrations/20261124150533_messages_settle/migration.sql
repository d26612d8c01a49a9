-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "settled_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "messages_follow_up_number_idx" ON "messages"("follow_up_number");

-- Messages of tickets still in flight: no event names them yet.
CREATE INDEX messages_to_settle ON messages (dispatched_at) WHERE settled_at IS NULL;
