using System.Text.Json;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Styles;
using PhotoStudio.Core.Templates;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Templates;

public sealed class OwnTemplatesTests
{
    [Fact]
    public void Each_has_an_id_and_a_name_of_its_own_and_parameters_that_its_operation_takes()
    {
        OwnTemplates.All.Count.ShouldBeGreaterThanOrEqualTo(8);
        OwnTemplates.All.Select(template => template.Id).ShouldBeUnique();
        OwnTemplates.All.Select(template => template.Name).ShouldBeUnique();
        foreach (var template in OwnTemplates.All)
        {
            var operation = OperationCatalog.Get(template.Operation);
            using var json = JsonDocument.Parse(template.Parameters);
            foreach (var member in json.RootElement.EnumerateObject())
            {
                var parameter = operation.FindParameter(member.Name) ?? (member.Name == "size" ? FinishParameters.Size : null);
                parameter.ShouldNotBeNull($"{template.Name}: {member.Name}").Read(RawValue.FromJson(member.Value), out var fault);
                fault.ShouldBeNull($"{template.Name}: {member.Name}");
                if (member.Name == "style_id")
                    StyleCatalogue.Own.Styles.ShouldContain(seeded => seeded.Style.Slug == member.Value.GetString() && !seeded.Style.IsPremium, template.Name);
            }
        }
    }
}
