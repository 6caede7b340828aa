using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PhotoStudio.Backings.Sql.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddStyles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "job_templates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    description = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    operation = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    parameters = table.Column<string>(type: "TEXT", nullable: false),
                    uses = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_job_templates", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "style_categories",
                columns: table => new
                {
                    slug = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    icon = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    color = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_style_categories", x => x.slug);
                });

            migrationBuilder.CreateTable(
                name: "styles",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    slug = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    description = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    category = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    prompt_template = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    default_quality = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    default_background = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    default_output_format = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    supports_transparency = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_premium = table.Column<bool>(type: "INTEGER", nullable: false),
                    engine = table.Column<string>(type: "TEXT", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    search_text = table.Column<string>(type: "TEXT", nullable: false),
                    seed_version = table.Column<int>(type: "INTEGER", nullable: false),
                    is_edited = table.Column<bool>(type: "INTEGER", nullable: false),
                    retired_at = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_styles", x => x.id);
                    table.ForeignKey(
                        name: "fk_styles_style_categories",
                        column: x => x.category,
                        principalTable: "style_categories",
                        principalColumn: "slug",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "style_opinions",
                columns: table => new
                {
                    owner = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    style_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    is_favorite = table.Column<bool>(type: "INTEGER", nullable: false),
                    uses = table.Column<long>(type: "INTEGER", nullable: false),
                    last_used_at = table.Column<long>(type: "INTEGER", nullable: true),
                    rating = table.Column<int>(type: "INTEGER", nullable: true),
                    comment = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_style_opinions", x => new { x.owner, x.style_id });
                    table.ForeignKey(
                        name: "fk_style_opinions_styles",
                        column: x => x.style_id,
                        principalTable: "styles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_job_templates_owner",
                table: "job_templates",
                columns: new[] { "owner", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_style_categories_id",
                table: "style_categories",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_style_opinions_style",
                table: "style_opinions",
                columns: new[] { "style_id", "uses", "is_favorite", "rating" });

            migrationBuilder.CreateIndex(
                name: "IX_styles_category",
                table: "styles",
                column: "category");

            migrationBuilder.CreateIndex(
                name: "ix_styles_place",
                table: "styles",
                columns: new[] { "position", "name", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_styles_slug",
                table: "styles",
                column: "slug",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "job_templates");

            migrationBuilder.DropTable(
                name: "style_opinions");

            migrationBuilder.DropTable(
                name: "styles");

            migrationBuilder.DropTable(
                name: "style_categories");
        }
    }
}
