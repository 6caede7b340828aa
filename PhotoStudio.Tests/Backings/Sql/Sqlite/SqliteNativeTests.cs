using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Sqlite;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Sql.Sqlite;

public sealed class SqliteNativeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("studio-sqlite-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_json_column_in_a_database_file_is_queried_and_updated_in_sql()
    {
        SqliteNative.Initialize();
        string file = Path.Combine(_folder, "prints.db");
        await using (PrintContext writer = new(file))
        {
            await writer.Database.EnsureCreatedAsync();
            writer.Prints.AddRange(
                new Print { Id = 1, Paper = new Paper { Name = "baryta", Grams = 310, Tags = ["matte", "warm"] } },
                new Print { Id = 2, Paper = new Paper { Name = "washi", Grams = 110, Tags = ["thin"] } });
            await writer.SaveChangesAsync();
        }

        await using PrintContext reader = new(file);
        IQueryable<Print> heavy = reader.Prints.Where(print => print.Paper.Grams > 200 && print.Paper.Tags.Contains("warm"));

        heavy.ToQueryString().ShouldContain("->>");
        (await heavy.Select(print => print.Paper.Name).SingleAsync()).ShouldBe("baryta");
        (await reader.Prints.Where(print => print.Id == 2)
            .ExecuteUpdateAsync(set => set.SetProperty(print => print.Paper.Grams, 120))).ShouldBe(1);
        (await reader.Prints.AsNoTracking().SingleAsync(print => print.Paper.Grams == 120)).Id.ShouldBe(2);
    }

    [Fact]
    public void Getting_ready_twice_is_the_same_as_once()
    {
        SqliteNative.Initialize();
        SqliteNative.Initialize();

        using SqliteConnection connection = new("Data Source=:memory:");
        connection.Open();
        Version.Parse(connection.ServerVersion).ShouldBeGreaterThanOrEqualTo(new Version(3, 38));
    }

    private sealed class PrintContext(string file) : DbContext
    {
        public DbSet<Print> Prints => Set<Print>();

        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
            optionsBuilder.UseSqlite($"Data Source={file}");

        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Print>().ComplexProperty(print => print.Paper, paper => paper.ToJson());
    }

    private sealed class Print
    {
        public int Id { get; init; }

        public required Paper Paper { get; set; }
    }

    private sealed class Paper
    {
        public required string Name { get; set; }

        public required int Grams { get; set; }

        public required List<string> Tags { get; set; }
    }
}
