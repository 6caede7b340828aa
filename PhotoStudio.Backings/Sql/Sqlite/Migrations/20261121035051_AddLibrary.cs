using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PhotoStudio.Backings.Sql.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddLibrary : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "camera",
                table: "images",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "description",
                table: "images",
                type: "TEXT",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "file_name",
                table: "images",
                type: "TEXT",
                maxLength: 120,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "in_gallery",
                table: "images",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "intent",
                table: "images",
                type: "TEXT",
                maxLength: 128,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_content_safe",
                table: "images",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_favorite",
                table: "images",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "is_public",
                table: "images",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "moderation",
                table: "images",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "needs_review",
                table: "images",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "perceptual_hash",
                table: "images",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "prompt",
                table: "images",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "rating",
                table: "images",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "rating_comment",
                table: "images",
                type: "TEXT",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "refined_prompt",
                table: "images",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "settings",
                table: "images",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "style",
                table: "images",
                type: "TEXT",
                maxLength: 128,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "tags",
                table: "images",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "task_id",
                table: "images",
                type: "TEXT",
                maxLength: 128,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "title",
                table: "images",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "updated_at",
                table: "images",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "version",
                table: "images",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            // Results made before are entries of the gallery like those to come, with what their parameters say of them.
            migrationBuilder.Sql("UPDATE images SET in_gallery = 1 WHERE kind = 'result';");
            migrationBuilder.Sql(
                "UPDATE images SET prompt = json_extract(parameters, '$.prompt') WHERE kind = 'result' AND json_type(parameters, '$.prompt') = 'text';");
            migrationBuilder.Sql(
                "UPDATE images SET style = substr(json_extract(parameters, '$.style'), 1, 128) WHERE kind = 'result' AND json_type(parameters, '$.style') = 'text';");

            migrationBuilder.CreateTable(
                name: "doomed_blobs",
                columns: table => new
                {
                    blob_key = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_doomed_blobs", x => x.blob_key);
                });

            migrationBuilder.CreateTable(
                name: "image_keys",
                columns: table => new
                {
                    owner = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    method = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    route = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    fingerprint = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    image_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_image_keys", x => new { x.owner, x.method, x.route, x.key });
                });

            migrationBuilder.CreateTable(
                name: "image_tags",
                columns: table => new
                {
                    owner = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    slug = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    image_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false)
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
                    owner = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    term = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    image_id = table.Column<Guid>(type: "TEXT", nullable: false)
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

            migrationBuilder.CreateTable(
                name: "upload_sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    length = table.Column<long>(type: "INTEGER", nullable: false),
                    received = table.Column<long>(type: "INTEGER", nullable: false),
                    parts = table.Column<string>(type: "TEXT", nullable: false),
                    details = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    image_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_upload_sessions", x => x.id);
                });

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
                name: "ix_images_style",
                table: "images",
                columns: new[] { "owner", "style", "created_at", "id", "deleted_at", "in_gallery" },
                filter: "deleted_at IS NULL AND in_gallery");

            migrationBuilder.CreateIndex(
                name: "ix_doomed_blobs_age",
                table: "doomed_blobs",
                columns: new[] { "created_at", "blob_key" });

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
                name: "doomed_blobs");

            migrationBuilder.DropTable(
                name: "image_keys");

            migrationBuilder.DropTable(
                name: "image_tags");

            migrationBuilder.DropTable(
                name: "image_terms");

            migrationBuilder.DropTable(
                name: "upload_sessions");

            migrationBuilder.DropIndex(
                name: "ix_images_blob",
                table: "images");

            migrationBuilder.DropIndex(
                name: "ix_images_deleted",
                table: "images");

            migrationBuilder.DropIndex(
                name: "ix_images_favorites",
                table: "images");

            migrationBuilder.DropIndex(
                name: "ix_images_gallery",
                table: "images");

            migrationBuilder.DropIndex(
                name: "ix_images_hash",
                table: "images");

            migrationBuilder.DropIndex(
                name: "ix_images_kind",
                table: "images");

            migrationBuilder.DropIndex(
                name: "ix_images_operation",
                table: "images");

            migrationBuilder.DropIndex(
                name: "ix_images_public",
                table: "images");

            migrationBuilder.DropIndex(
                name: "ix_images_review",
                table: "images");

            migrationBuilder.DropIndex(
                name: "ix_images_style",
                table: "images");

            migrationBuilder.DropColumn(
                name: "camera",
                table: "images");

            migrationBuilder.DropColumn(
                name: "description",
                table: "images");

            migrationBuilder.DropColumn(
                name: "file_name",
                table: "images");

            migrationBuilder.DropColumn(
                name: "in_gallery",
                table: "images");

            migrationBuilder.DropColumn(
                name: "intent",
                table: "images");

            migrationBuilder.DropColumn(
                name: "is_content_safe",
                table: "images");

            migrationBuilder.DropColumn(
                name: "is_favorite",
                table: "images");

            migrationBuilder.DropColumn(
                name: "is_public",
                table: "images");

            migrationBuilder.DropColumn(
                name: "moderation",
                table: "images");

            migrationBuilder.DropColumn(
                name: "needs_review",
                table: "images");

            migrationBuilder.DropColumn(
                name: "perceptual_hash",
                table: "images");

            migrationBuilder.DropColumn(
                name: "prompt",
                table: "images");

            migrationBuilder.DropColumn(
                name: "rating",
                table: "images");

            migrationBuilder.DropColumn(
                name: "rating_comment",
                table: "images");

            migrationBuilder.DropColumn(
                name: "refined_prompt",
                table: "images");

            migrationBuilder.DropColumn(
                name: "settings",
                table: "images");

            migrationBuilder.DropColumn(
                name: "style",
                table: "images");

            migrationBuilder.DropColumn(
                name: "tags",
                table: "images");

            migrationBuilder.DropColumn(
                name: "task_id",
                table: "images");

            migrationBuilder.DropColumn(
                name: "title",
                table: "images");

            migrationBuilder.DropColumn(
                name: "updated_at",
                table: "images");

            migrationBuilder.DropColumn(
                name: "version",
                table: "images");
        }
    }
}
