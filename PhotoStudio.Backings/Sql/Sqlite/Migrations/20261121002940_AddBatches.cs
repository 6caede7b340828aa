using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PhotoStudio.Backings.Sql.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddBatches : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "batch_id",
                table: "jobs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "batch_id",
                table: "flows",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "batch_index",
                table: "flows",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "drops_intermediates",
                table: "flows",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "batches",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    steps = table.Column<string>(type: "TEXT", nullable: false),
                    items = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    cancelled_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_batches", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_flows_batch",
                table: "flows",
                columns: new[] { "batch_id", "batch_index" },
                filter: "batch_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_batches_owner",
                table: "batches",
                columns: new[] { "owner", "created_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "batches");

            migrationBuilder.DropIndex(
                name: "ix_flows_batch",
                table: "flows");

            migrationBuilder.DropColumn(
                name: "batch_id",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "batch_id",
                table: "flows");

            migrationBuilder.DropColumn(
                name: "batch_index",
                table: "flows");

            migrationBuilder.DropColumn(
                name: "drops_intermediates",
                table: "flows");
        }
    }
}
