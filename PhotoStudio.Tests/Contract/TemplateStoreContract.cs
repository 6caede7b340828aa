using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Templates;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What every <see cref="ITemplateStore"/> does.</summary>
public abstract class TemplateStoreContract : IAsyncLifetime
{
    private readonly Owner _owner = TestJobs.Someone();
    private StudioStores _stores = null!;

    private ITemplateStore Templates => _stores.Store<ITemplateStore>();

    public async Task InitializeAsync() => _stores = await OpenAsync();

    public async Task DisposeAsync() => await _stores.DisposeAsync();

    /// <summary>An empty database.</summary>
    protected abstract Task<StudioStores> OpenAsync();

    [Fact]
    public async Task Templates_are_their_owners_alone()
    {
        var template = await AddAsync("One");
        (await Templates.FindAsync(_owner, template.Id, default)).ShouldNotBeNull().Parameters.ShouldBe("""{"width":64}""");
        var other = TestJobs.Someone();
        (await Templates.FindAsync(other, template.Id, default)).ShouldBeNull();
        (await Templates.ChangeAsync(other, template.Id, null, known => known with { Name = "x" }, default)).ShouldBeNull();
        (await Templates.DeleteAsync(other, template.Id, default)).ShouldBeFalse();
        await Templates.CountUseAsync(other, template.Id, default);
        (await Templates.ListAsync(other, default)).ShouldBeEmpty();

        await Templates.CountUseAsync(_owner, template.Id, default);
        (await Templates.ListAsync(_owner, default)).ShouldHaveSingleItem().Uses.ShouldBe(1);
        (await Templates.DeleteAsync(_owner, template.Id, default)).ShouldBeTrue();
        (await Templates.DeleteAsync(_owner, template.Id, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_change_counts_up_and_one_of_an_older_version_changes_nothing()
    {
        var template = await AddAsync("One");
        var changed = (await Templates.ChangeAsync(_owner, template.Id, 0, known => known with { Name = "Two" }, default)).ShouldNotBeNull();
        (changed.Changed, changed.Template.Name, changed.Template.Version).ShouldBe((true, "Two", 1));
        var late = (await Templates.ChangeAsync(_owner, template.Id, 0, known => known with { Name = "Three" }, default)).ShouldNotBeNull();
        (late.Changed, late.Template.Name).ShouldBe((false, "Two"));
    }

    [Fact]
    public async Task Nobody_has_more_than_allowed_however_many_are_sent_at_once()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Task.Run(() => Templates.AddAsync(New($"T{number}"), 4, default))));
        added.Count(done => done).ShouldBe(4);
        (await Templates.ListAsync(_owner, default)).Count.ShouldBe(4);
    }

    private JobTemplate New(string name) => new(Guid.CreateVersion7(), _owner, name, "resize", """{"width":64}""");

    private async Task<JobTemplate> AddAsync(string name)
    {
        var template = New(name);
        (await Templates.AddAsync(template, 10, default)).ShouldBeTrue();
        return template;
    }
}
