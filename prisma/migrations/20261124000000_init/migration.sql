-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "staff" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'ru',
    "password_hash" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clients" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "clients_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contacts" (
    "id" UUID NOT NULL,
    "client_id" UUID,
    "full_name" TEXT NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "telegram_chat_id" TEXT,
    "language" TEXT NOT NULL DEFAULT 'ru',
    "authorised" BOOLEAN NOT NULL DEFAULT false,
    "preferred_channel" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contacts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agreements" (
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "all_products" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agreements_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "products" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "products_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vendors" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "phone" TEXT,
    "email" TEXT,
    "website" TEXT,

    CONSTRAINT "vendors_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "releases" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "releases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "integration_tokens" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "integration_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "directory_changes" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "staff_id" UUID NOT NULL,
    "directory" TEXT NOT NULL,
    "entry_id" TEXT NOT NULL,
    "entry" JSONB NOT NULL,

    CONSTRAINT "directory_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calendar_versions" (
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "published_by_id" UUID,

    CONSTRAINT "calendar_versions_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "sessions" (
    "sid" TEXT NOT NULL,
    "sess" JSON NOT NULL,
    "expire" TIMESTAMP(6) NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("sid")
);

-- CreateTable
CREATE TABLE "ticket_requests" (
    "number" SERIAL NOT NULL,
    "edition" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "client_id" UUID,
    "contact_id" UUID,
    "product_id" TEXT,
    "agreements" JSONB NOT NULL,
    "subject" TEXT NOT NULL,
    "steps" TEXT,
    "frequency" TEXT,
    "impact" TEXT,
    "affected_users" INTEGER,
    "contact_name" TEXT,
    "contact_email" TEXT,
    "contact_phone" TEXT,
    "organisation" TEXT,
    "sender_address" TEXT,
    "language" TEXT NOT NULL DEFAULT 'ru',
    "missing" TEXT[],
    "first_message_id" UUID NOT NULL,
    "follow_up_of" INTEGER,
    "link_key_version" INTEGER NOT NULL DEFAULT 1,
    "rehearsal_offset_ms" BIGINT NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3),
    "leased_until" TIMESTAMPTZ(3),
    "calendar_told" INTEGER,
    "calendar_told_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ticket_requests_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "messages" (
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "ticket_number" INTEGER NOT NULL,
    "act" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "contact_id" UUID,
    "sender_address" TEXT,
    "sender_name" TEXT,
    "subject" TEXT,
    "text" TEXT NOT NULL,
    "has_reason" BOOLEAN NOT NULL DEFAULT false,
    "automatic" BOOLEAN NOT NULL DEFAULT false,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "original_sha256" TEXT,
    "dispatched_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "follow_up_number" INTEGER,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "originals" (
    "sha256" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "originals_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "staff_texts" (
    "id" UUID NOT NULL,
    "ticket_number" INTEGER NOT NULL,
    "staff_id" UUID NOT NULL,
    "act" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_texts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consultations" (
    "id" UUID NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "from_address" TEXT NOT NULL,
    "contact_id" UUID,
    "product_id" TEXT,
    "text" TEXT NOT NULL,
    "staff_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "consultations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_records" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "response" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_records_pkey" PRIMARY KEY ("scope","key")
);

-- CreateTable
CREATE TABLE "tickets" (
    "number" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "severity" INTEGER,
    "proposed_severity" INTEGER,
    "effective_severity" INTEGER NOT NULL,
    "channel" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "client_id" UUID,
    "contact_id" UUID,
    "product_id" TEXT,
    "assignee_id" UUID,
    "put_ahead_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "closed_because" TEXT,
    "closed_at" TIMESTAMPTZ(3),
    "merged_into" INTEGER,
    "first_responded_at" TIMESTAMPTZ(3),
    "first_response_due_at" TIMESTAMPTZ(3) NOT NULL,
    "resolution_due_at" TIMESTAMPTZ(3),
    "provisional" BOOLEAN NOT NULL,
    "next_deadline_kind" TEXT,
    "next_deadline_at" TIMESTAMPTZ(3),
    "breached" BOOLEAN NOT NULL,
    "calendar_version" INTEGER NOT NULL,
    "state" JSONB NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tickets_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "ticket_events" (
    "ticket_number" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "known_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,
    "clause" TEXT NOT NULL,
    "event" JSONB NOT NULL,
    "names" TEXT[],

    CONSTRAINT "ticket_events_pkey" PRIMARY KEY ("ticket_number","version")
);

-- CreateTable
CREATE TABLE "notices" (
    "id" TEXT NOT NULL,
    "ticket_number" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "notice" JSONB NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_deliveries" (
    "notice_id" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "fate" TEXT NOT NULL,
    "code" TEXT,
    "external_id" TEXT,
    "subject" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "settled_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notice_deliveries_pkey" PRIMARY KEY ("notice_id","recipient")
);

-- CreateTable
CREATE TABLE "_AgreementToProduct" (
    "A" UUID NOT NULL,
    "B" TEXT NOT NULL,

    CONSTRAINT "_AgreementToProduct_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE UNIQUE INDEX "staff_email_key" ON "staff"("email");

-- CreateIndex
CREATE UNIQUE INDEX "contacts_email_key" ON "contacts"("email");

-- CreateIndex
CREATE UNIQUE INDEX "contacts_phone_key" ON "contacts"("phone");

-- CreateIndex
CREATE UNIQUE INDEX "contacts_telegram_chat_id_key" ON "contacts"("telegram_chat_id");

-- CreateIndex
CREATE INDEX "contacts_client_id_idx" ON "contacts"("client_id");

-- CreateIndex
CREATE INDEX "agreements_client_id_idx" ON "agreements"("client_id");

-- CreateIndex
CREATE UNIQUE INDEX "vendors_name_key" ON "vendors"("name");

-- CreateIndex
CREATE UNIQUE INDEX "releases_name_key" ON "releases"("name");

-- CreateIndex
CREATE UNIQUE INDEX "integration_tokens_name_key" ON "integration_tokens"("name");

-- CreateIndex
CREATE UNIQUE INDEX "integration_tokens_token_hash_key" ON "integration_tokens"("token_hash");

-- CreateIndex
CREATE INDEX "directory_changes_directory_entry_id_idx" ON "directory_changes"("directory", "entry_id");

-- CreateIndex
CREATE INDEX "sessions_expire_idx" ON "sessions"("expire");

-- CreateIndex
CREATE UNIQUE INDEX "ticket_requests_first_message_id_key" ON "ticket_requests"("first_message_id");

-- CreateIndex
CREATE INDEX "ticket_requests_contact_id_idx" ON "ticket_requests"("contact_id");

-- CreateIndex
CREATE INDEX "ticket_requests_follow_up_of_idx" ON "ticket_requests"("follow_up_of");

-- CreateIndex
CREATE UNIQUE INDEX "messages_seq_key" ON "messages"("seq");

-- CreateIndex
CREATE INDEX "messages_ticket_number_seq_idx" ON "messages"("ticket_number", "seq");

-- CreateIndex
CREATE INDEX "messages_follow_up_number_idx" ON "messages"("follow_up_number");

-- CreateIndex
CREATE UNIQUE INDEX "messages_channel_account_external_id_key" ON "messages"("channel", "account", "external_id");

-- CreateIndex
CREATE INDEX "staff_texts_ticket_number_idx" ON "staff_texts"("ticket_number");

-- CreateIndex
CREATE INDEX "tickets_assignee_id_idx" ON "tickets"("assignee_id");

-- CreateIndex
CREATE INDEX "tickets_client_id_idx" ON "tickets"("client_id");

-- CreateIndex
CREATE INDEX "tickets_received_at_idx" ON "tickets"("received_at");

-- CreateIndex
CREATE INDEX "ticket_events_names_idx" ON "ticket_events" USING GIN ("names");

-- CreateIndex
CREATE INDEX "notices_ticket_number_idx" ON "notices"("ticket_number");

-- CreateIndex
CREATE INDEX "notice_deliveries_external_id_idx" ON "notice_deliveries"("external_id");

-- CreateIndex
CREATE INDEX "_AgreementToProduct_B_index" ON "_AgreementToProduct"("B");

-- AddForeignKey
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "clients"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "clients"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_ticket_number_fkey" FOREIGN KEY ("ticket_number") REFERENCES "ticket_requests"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_original_sha256_fkey" FOREIGN KEY ("original_sha256") REFERENCES "originals"("sha256") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_texts" ADD CONSTRAINT "staff_texts_ticket_number_fkey" FOREIGN KEY ("ticket_number") REFERENCES "ticket_requests"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_number_fkey" FOREIGN KEY ("number") REFERENCES "ticket_requests"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket_events" ADD CONSTRAINT "ticket_events_ticket_number_fkey" FOREIGN KEY ("ticket_number") REFERENCES "ticket_requests"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_ticket_number_fkey" FOREIGN KEY ("ticket_number") REFERENCES "ticket_requests"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_deliveries" ADD CONSTRAINT "notice_deliveries_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notices"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_AgreementToProduct" ADD CONSTRAINT "_AgreementToProduct_A_fkey" FOREIGN KEY ("A") REFERENCES "agreements"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_AgreementToProduct" ADD CONSTRAINT "_AgreementToProduct_B_fkey" FOREIGN KEY ("B") REFERENCES "products"("id") ON DELETE CASCADE ON UPDATE CASCADE;
