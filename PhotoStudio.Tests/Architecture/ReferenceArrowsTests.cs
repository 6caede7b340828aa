using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Architecture;

/// <summary>Who may use whom (docs/architecture.md), read from the project files and from what was compiled.</summary>
public sealed class ReferenceArrowsTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Core"] = [],
        ["Imaging"] = [],
        ["ServiceDefaults"] = [],
        ["Backings"] = ["Core"],
        ["Inference"] = ["Core", "Imaging", "ServiceDefaults"],
        ["Worker"] = ["Core", "Backings", "ServiceDefaults"],
        ["Api"] = ["Core", "Backings", "Imaging", "ServiceDefaults"],
        ["Standalone"] = ["Api", "Worker", "Inference"],
        ["AppHost"] = ["Api", "Worker", "Inference", "Standalone"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    public static TheoryData<string> CompiledProjects => [.. Allowed.Keys.Where(project => project is not "AppHost")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_file_refers_only_to_the_projects_it_may_use(string project) =>
        References(project, "ProjectReference").Select(ShortName).Except(Allowed[project]).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(CompiledProjects))]
    public void An_assembly_refers_only_to_the_assemblies_it_may_use(string project)
    {
        // What a service uses is in reach of the process that composes the services.
        IEnumerable<string> allowed = project is "Standalone"
            ? Allowed[project].Union(Allowed[project].SelectMany(used => Allowed[used]))
            : Allowed[project];

        AssemblyReferences(project).Where(name => name.StartsWith("PhotoStudio.", StringComparison.Ordinal)).Select(ShortName)
            .Except(allowed).ShouldBeEmpty();
    }

    [Fact]
    public void Every_project_of_the_house_has_its_arrows() =>
        Directory.EnumerateDirectories(Repository.Root, "PhotoStudio.*").Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any())
            .Select(folder => ShortName(Path.GetFileName(folder))).Where(project => project is not ("Tests" or "AppHost.Tests"))
            .ShouldBe(Allowed.Keys, ignoreOrder: true);

    [Fact]
    public void Core_knows_no_web_no_database_and_no_native_code()
    {
        References("Core", "FrameworkReference").ShouldBeEmpty();
        References("Core", "PackageReference").Where(package => !IsHostingAbstraction(package)).ShouldBeEmpty();
        AssemblyReferences("Core").Where(name => !IsHostingAbstraction(name) && !IsBaseLibrary(name)).ShouldBeEmpty();
        WithMetadata("Core", metadata => metadata.GetTableRowCount(TableIndex.ModuleRef)).ShouldBe(0, "imported native libraries");
    }

    [Fact]
    public void Imaging_knows_no_web_and_no_database() =>
        AssemblyReferences("Imaging").Where(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void No_appsettings_file_is_copied_by_reference()
    {
        // These tests refer to every project, so whatever travels by reference has arrived beside them.
        Directory.EnumerateFiles(AppContext.BaseDirectory, "appsettings*.json").ShouldBeEmpty();
        Allowed.Values.SelectMany(used => used).Distinct().Where(project => project is not "Standalone")
            .SelectMany(project => Directory.EnumerateFiles(Repository.PathOf($"PhotoStudio.{project}"), "appsettings*.json"))
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_folders_of_the_aspire_edition_are_the_ones_that_the_portable_edition_leaves_out()
    {
        XElement removed = XDocument.Load(Repository.PathOf("Directory.Build.targets")).Descendants("ItemGroup")
            .Single(group =>
                (string?)group.Attribute("Condition") == "'$(StudioAspire)' != 'true'" && group.Element("Compile") is not null);

        ((string)removed.Element("Compile")!.Attribute("Remove")!).Split(';')
            .ShouldBe(["**/Mongo/**", "**/SemanticKernel/**", "**/ImageSharp/**", "**/AspireClients/**"], ignoreOrder: true);
    }

    [Fact]
    public void The_aspire_sdk_has_the_version_of_the_aspire_packages()
    {
        string version = XDocument.Load(Repository.PathOf("build", "Versions.props")).Descendants("AspireVersion").Single().Value;

        XDocument.Load(ProjectFile("AppHost")).Descendants("Import")
            .Where(import => (string?)import.Attribute("Sdk") == "Aspire.AppHost.Sdk")
            .Select(import => (string?)import.Attribute("Version")).Distinct().ShouldBe([version]);
    }

    private static string ProjectFile(string project) => Repository.PathOf($"PhotoStudio.{project}", $"PhotoStudio.{project}.csproj");

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(ProjectFile(project)).Descendants(kind)
            .Select(reference => Path.GetFileName(((string)reference.Attribute("Include")!).Replace('\\', '/')));

    private static string ShortName(string name) =>
        name.Replace("PhotoStudio.", "", StringComparison.Ordinal).Replace(".csproj", "", StringComparison.Ordinal);

    private static string[] AssemblyReferences(string project) =>
        WithMetadata(project, metadata =>
            metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToArray());

    private static T WithMetadata<T>(string project, Func<MetadataReader, T> read)
    {
        using PEReader assembly = new(File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"PhotoStudio.{project}.dll")));
        return read(assembly.GetMetadataReader());
    }

    private static bool IsHostingAbstraction(string name) => name.Replace(".Abstractions", "", StringComparison.Ordinal)
        is "Microsoft.Extensions.Logging" or "Microsoft.Extensions.Options" or "Microsoft.Extensions.DependencyInjection";

    /// <summary>The base library, without its interfaces to databases.</summary>
    private static bool IsBaseLibrary(string name) =>
        name.StartsWith("System", StringComparison.Ordinal) && !name.StartsWith("System.Data", StringComparison.Ordinal);
}
