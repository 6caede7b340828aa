using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Templates;

namespace PhotoStudio.Backings.Sql.Templates;

/// <summary>Keeps people's templates in a relational database.</summary>
public sealed class SqlTemplateStore(StudioDatabase database) : ITemplateStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<JobTemplate>> ListAsync(Owner owner, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<JobTemplate>>(
            async (db, token) =>
            {
                var rows = await Of(db, owner).AsNoTracking().OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).ToListAsync(token);
                return [.. rows.Select(ToTemplate)];
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<JobTemplate?> FindAsync(Owner owner, Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, token) => await Of(db, owner).AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, token) is { } row ? ToTemplate(row) : null,
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> AddAsync(JobTemplate template, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(template);
        var owner = template.Owner ?? throw new ArgumentException("A stored template has an owner.", nameof(template));
        return database.WriteAsync(
            WriteMode.InTurn($"templates of {owner.Text}"),
            async (db, now, token) =>
            {
                if (await Of(db, owner).CountAsync(token) >= most) return false;
                var row = new TemplateRow
                {
                    Id = template.Id,
                    Owner = owner.Text,
                    Name = template.Name,
                    Description = template.Description,
                    Operation = template.Operation,
                    Parameters = template.Parameters,
                    CreatedAt = now,
                    UpdatedAt = now,
                };
                db.Add(row);
                await db.SaveChangesAsync(token);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<(JobTemplate Template, bool Changed)?> ChangeAsync(
        Owner owner, Guid id, long? version, Func<JobTemplate, JobTemplate> edit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return database.WriteAsync<(JobTemplate, bool)?>(
            async (db, now, token) =>
            {
                if (await Of(db, owner).SingleOrDefaultAsync(row => row.Id == id, token) is not { } row) return null;
                if (version is { } wanted && wanted != row.Version) return (ToTemplate(row), false);
                var template = edit(ToTemplate(row));
                (row.Name, row.Description, row.Operation, row.Parameters) = (template.Name, template.Description, template.Operation, template.Parameters);
                row.UpdatedAt = now;
                row.Version++;
                await db.SaveChangesAsync(token);
                return (ToTemplate(row), true);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(Owner owner, Guid id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, _, token) => await Of(db, owner).Where(row => row.Id == id).ExecuteDeleteAsync(token) > 0,
            cancellationToken);

    /// <inheritdoc/>
    public Task CountUseAsync(Owner owner, Guid id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            WriteMode.Latest,
            async (db, _, token) => await Of(db, owner).Where(row => row.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Uses, row => row.Uses + 1), token),
            cancellationToken);

    private static IQueryable<TemplateRow> Of(StudioDbContext db, Owner owner)
    {
        var name = owner.Text;
        return db.Set<TemplateRow>().Where(row => row.Owner == name);
    }

    private static JobTemplate ToTemplate(TemplateRow row) => new(row.Id, Owner.Parse(row.Owner), row.Name, row.Operation, row.Parameters)
    {
        Description = row.Description,
        Uses = row.Uses,
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
        Version = row.Version,
    };
}
