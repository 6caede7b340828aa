using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PhotoStudio.Backings.Sql.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "batches",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    steps = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    items = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    cancelled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_batches", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "documents",
                columns: table => new
                {
                    collection = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    id = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    owner = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    parent = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true, collation: "C"),
                    sort_key = table.Column<long>(type: "bigint", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_documents", x => new { x.collection, x.id });
                });

            migrationBuilder.CreateTable(
                name: "doomed_blobs",
                columns: table => new
                {
                    blob_key = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_doomed_blobs", x => x.blob_key);
                });

            migrationBuilder.CreateTable(
                name: "flows",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    steps = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    current_step = table.Column<int>(type: "integer", nullable: false),
                    drops_intermediates = table.Column<bool>(type: "boolean", nullable: false),
                    batch_id = table.Column<Guid>(type: "uuid", nullable: true),
                    batch_index = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_flows", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "image_keys",
                columns: table => new
                {
                    owner = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    method = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    route = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false, collation: "C"),
                    fingerprint = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    image_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_image_keys", x => new { x.owner, x.method, x.route, x.key });
                });

            migrationBuilder.CreateTable(
                name: "upload_sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    length = table.Column<long>(type: "bigint", nullable: false),
                    received = table.Column<long>(type: "bigint", nullable: false),
                    parts = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    details = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    image_id = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_upload_sessions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "jobs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    operation = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    parameters = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    inputs = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    lane = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    not_before = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    worker = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    progress = table.Column<double>(type: "double precision", nullable: false),
                    stage = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    failure = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    dead_letter = table.Column<bool>(type: "boolean", nullable: false),
                    engine = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    data = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    flow_id = table.Column<Guid>(type: "uuid", nullable: true),
                    flow_step = table.Column<int>(type: "integer", nullable: false),
                    batch_id = table.Column<Guid>(type: "uuid", nullable: true),
                    trace_parent = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    rung_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    untidy_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_jobs", x => x.id);
                    table.ForeignKey(
                        name: "fk_jobs_flows",
                        column: x => x.flow_id,
                        principalTable: "flows",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "idempotency_keys",
                columns: table => new
                {
                    owner = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    method = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    route = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false, collation: "C"),
                    fingerprint = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_keys", x => new { x.owner, x.method, x.route, x.key });
                    table.ForeignKey(
                        name: "fk_idempotency_keys_jobs",
                        column: x => x.job_id,
                        principalTable: "jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "images",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    blob_key = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    content_type = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    width = table.Column<int>(type: "integer", nullable: false),
                    height = table.Column<int>(type: "integer", nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: true),
                    position = table.Column<int>(type: "integer", nullable: false),
                    operation = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    parameters = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    engine = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    parents = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    downloads = table.Column<long>(type: "bigint", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    description = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true, collation: "C"),
                    file_name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true, collation: "C"),
                    tags = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    is_public = table.Column<bool>(type: "boolean", nullable: false),
                    is_content_safe = table.Column<bool>(type: "boolean", nullable: false),
                    needs_review = table.Column<bool>(type: "boolean", nullable: false),
                    is_favorite = table.Column<bool>(type: "boolean", nullable: false),
                    rating = table.Column<int>(type: "integer", nullable: true),
                    rating_comment = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true, collation: "C"),
                    in_gallery = table.Column<bool>(type: "boolean", nullable: false),
                    prompt = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    refined_prompt = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    intent = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true, collation: "C"),
                    style = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true, collation: "C"),
                    task_id = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true, collation: "C"),
                    settings = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    moderation = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    perceptual_hash = table.Column<long>(type: "bigint", nullable: true),
                    camera = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_images", x => x.id);
                    table.ForeignKey(
                        name: "fk_images_jobs",
                        column: x => x.job_id,
                        principalTable: "jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "image_tags",
                columns: table => new
                {
                    owner = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    slug = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, collation: "C"),
                    image_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_image_tags", x => new { x.owner, x.slug, x.image_id });
                    table.ForeignKey(
                        name: "fk_image_tags_images",
                        column: x => x.image_id,
                        principalTable: "images",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "image_terms",
                columns: table => new
                {
                    owner = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    term = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    image_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_image_terms", x => new { x.owner, x.term, x.image_id });
                    table.ForeignKey(
                        name: "fk_image_terms_images",
                        column: x => x.image_id,
                        principalTable: "images",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_batches_owner",
                table: "batches",
                columns: new[] { "owner", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_documents_expiry",
                table: "documents",
                column: "expires_at",
                filter: "expires_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_documents_owner",
                table: "documents",
                columns: new[] { "collection", "owner", "sort_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_documents_parent",
                table: "documents",
                columns: new[] { "collection", "owner", "parent", "sort_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_doomed_blobs_age",
                table: "doomed_blobs",
                columns: new[] { "created_at", "blob_key" });

            migrationBuilder.CreateIndex(
                name: "ix_flows_batch",
                table: "flows",
                columns: new[] { "batch_id", "batch_index" },
                filter: "batch_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_flows_owner",
                table: "flows",
                columns: new[] { "owner", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_keys_age",
                table: "idempotency_keys",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_keys_job",
                table: "idempotency_keys",
                column: "job_id");

            migrationBuilder.CreateIndex(
                name: "ix_image_keys_age",
                table: "image_keys",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_image_tags_image",
                table: "image_tags",
                column: "image_id");

            migrationBuilder.CreateIndex(
                name: "ix_image_terms_image",
                table: "image_terms",
                column: "image_id");

            migrationBuilder.CreateIndex(
                name: "ix_images_blob",
                table: "images",
                column: "blob_key");

            migrationBuilder.CreateIndex(
                name: "ix_images_deleted",
                table: "images",
                columns: new[] { "owner", "deleted_at", "id" },
                filter: "deleted_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_images_favorites",
                table: "images",
                columns: new[] { "owner", "created_at", "id", "deleted_at", "in_gallery", "is_favorite" },
                filter: "deleted_at IS NULL AND in_gallery AND is_favorite");

            migrationBuilder.CreateIndex(
                name: "ix_images_gallery",
                table: "images",
                columns: new[] { "owner", "created_at", "id", "deleted_at", "in_gallery" },
                filter: "deleted_at IS NULL AND in_gallery");

            migrationBuilder.CreateIndex(
                name: "ix_images_hash",
                table: "images",
                columns: new[] { "owner", "perceptual_hash", "id", "deleted_at", "kind" },
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_images_job",
                table: "images",
                columns: new[] { "job_id", "position" },
                filter: "job_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_images_kind",
                table: "images",
                columns: new[] { "owner", "kind", "created_at", "id", "deleted_at" },
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_images_operation",
                table: "images",
                columns: new[] { "owner", "operation", "created_at", "id", "deleted_at", "in_gallery" },
                filter: "deleted_at IS NULL AND in_gallery");

            migrationBuilder.CreateIndex(
                name: "ix_images_owner",
                table: "images",
                columns: new[] { "owner", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_images_public",
                table: "images",
                columns: new[] { "created_at", "id", "deleted_at", "is_public", "is_content_safe" },
                filter: "deleted_at IS NULL AND is_public AND is_content_safe");

            migrationBuilder.CreateIndex(
                name: "ix_images_review",
                table: "images",
                columns: new[] { "created_at", "id", "deleted_at", "needs_review" },
                filter: "deleted_at IS NULL AND needs_review");

            migrationBuilder.CreateIndex(
                name: "ix_images_sha256",
                table: "images",
                columns: new[] { "owner", "sha256", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_images_style",
                table: "images",
                columns: new[] { "owner", "style", "created_at", "id", "deleted_at", "in_gallery" },
                filter: "deleted_at IS NULL AND in_gallery");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_completed",
                table: "jobs",
                columns: new[] { "operation", "finished_at" },
                filter: "state = 'completed'");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_flow",
                table: "jobs",
                column: "flow_id",
                filter: "flow_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_lease",
                table: "jobs",
                column: "lease_until",
                filter: "lease_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_owner",
                table: "jobs",
                columns: new[] { "owner", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_jobs_unfinished",
                table: "jobs",
                columns: new[] { "owner", "lane", "created_at", "state", "not_before" },
                filter: "finished_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_untidy",
                table: "jobs",
                column: "untidy_since",
                filter: "untidy_since IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_upload_sessions_age",
                table: "upload_sessions",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_upload_sessions_owner",
                table: "upload_sessions",
                columns: new[] { "owner", "created_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "batches");

            migrationBuilder.DropTable(
                name: "documents");

            migrationBuilder.DropTable(
                name: "doomed_blobs");

            migrationBuilder.DropTable(
                name: "idempotency_keys");

            migrationBuilder.DropTable(
                name: "image_keys");

            migrationBuilder.DropTable(
                name: "image_tags");

            migrationBuilder.DropTable(
                name: "image_terms");

            migrationBuilder.DropTable(
                name: "upload_sessions");

            migrationBuilder.DropTable(
                name: "images");

            migrationBuilder.DropTable(
                name: "jobs");

            migrationBuilder.DropTable(
                name: "flows");
        }
    }
}
